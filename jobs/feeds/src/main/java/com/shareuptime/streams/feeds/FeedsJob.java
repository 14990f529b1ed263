package com.shareuptime.streams.feeds;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.feeds.audience.Audience;
import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.control.ParseFeedControl;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.feeds.fanout.FanOut;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import com.shareuptime.streams.feeds.feed.FeedInput;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.FillFeeds;
import com.shareuptime.streams.feeds.row.ParseActivity;
import com.shareuptime.streams.feeds.row.ParseFeedRow;
import com.shareuptime.streams.feeds.row.ParseOwnRows;
import com.shareuptime.streams.feeds.row.PostRow;
import com.shareuptime.streams.feeds.row.Visibility;
import com.shareuptime.streams.feeds.sink.DeliveryRecords;
import com.shareuptime.streams.feeds.sink.FeedSinks;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.serialization.IdSerializer;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.version.PostgresRunNumbers;
import com.shareuptime.streams.version.RunNumbers;
import java.time.Clock;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Materialises home timelines.
 *
 * <pre>
 * activity, own rows, follows, users ─ audience ─┐
 * posts ─ visibility ────────────────────────────┴─ fan-out ─┬─ fill feeds ─┬─ Redis
 *                                                            │              └─ feed-deliveries
 *                                                            └─ timelines ──── Redis
 * </pre>
 */
public final class FeedsJob {
  /** The job's name in the web UI, dead letters and control messages. */
  public static final String NAME = "feeds";

  private FeedsJob() {}

  /**
   * Submits the job; arguments are {@code --config FILE} and {@code --key value}.
   *
   * @throws OptionException if an option is wrong, or a server lacks what the job needs
   */
  public static void main(String[] args) throws Exception {
    Configuration options = OptionLoader.load(args, FeedOptions.OPTIONS.all());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    KafkaAddress kafka = KafkaAddress.of(options);
    KafkaTopics topics = KafkaTopics.of(kafka);
    topics.require(List.of(DeliveryRecords.TOPIC));
    PostgresAddress postgres = PostgresAddress.sink(options);
    IdKinds kinds = postgres.idKinds();
    build(
        FeedSources.of(new KafkaInputs(NAME, env, kafka, topics), options, kinds),
        kinds,
        new FeedSinks(NAME, options, topics.partitions(DeliveryRecords.TOPIC)),
        FeedOptions.audience(options, System.currentTimeMillis()),
        FeedOptions.fanOut(options),
        new PostgresRunNumbers(postgres),
        options.get(FeedOptions.TOMBSTONE_RETENTION).toMillis());
    env.execute(NAME);
  }

  /** Puts the diagram together; starts nothing. */
  static void build(
      FeedSources in,
      IdKinds kinds,
      FeedSinks out,
      AudienceSettings audience,
      FanOutSettings fanOut,
      RunNumbers runs,
      long retention) {
    var rows =
        in.rows()
            .process(new ParseFeedRow(NAME, kinds))
            .returns(PostRow.TYPE)
            .name("parse rows")
            .uid("parse-rows")
            .setParallelism(in.rows().getParallelism());
    var activity =
        in.activity()
            .process(new ParseActivity(NAME, kinds.users()))
            .returns(ReaderInput.TYPE)
            .name("parse activity")
            .uid("parse-activity")
            .setParallelism(in.activity().getParallelism());
    DataStream<ReaderInput> ownActivity =
        in.ownRows()
            .flatMap(new ParseOwnRows(kinds.users(), audience.windowMillis()))
            .returns(ReaderInput.TYPE)
            .name("parse own rows")
            .uid("parse-own-rows")
            .setParallelism(in.ownRows().getParallelism());
    var control =
        in.control()
            .process(new ParseFeedControl(NAME, kinds))
            .returns(ReaderInput.TYPE)
            .name("parse control")
            .uid("parse-control")
            .setParallelism(in.control().getParallelism());
    DataStream<AuthorInput> authors =
        audience(
                rows.getSideOutput(ParseFeedRow.READERS)
                    .union(activity, ownActivity, control, in.found()),
                audience)
            .union(visibility(rows, retention), control.getSideOutput(ParseFeedControl.AUTHORS));
    var fanned =
        authors
            .keyBy(AuthorInput::author, IdSerializer.TYPE)
            .process(new FanOut(fanOut, Clock.systemUTC(), runs))
            .returns(FeedInput.TYPE)
            .name("fan-out")
            .uid("fan-out");
    DataStream<FeedWrite> feeds =
        fanned
            .keyBy(FeedInput::bucket, Types.INT)
            .process(new FillFeeds(Clock.systemUTC(), runs))
            .returns(FeedWrite.TYPE)
            .name("fill feeds")
            .uid("fill-feeds");
    // until the feeds of an earlier history are dropped, no progress may be told
    long from = audience.startedAt() + audience.spreadMillis();
    DataStream<Heartbeat> beats =
        rows.getSideOutput(ParseFeedRow.HEARTBEATS)
            .filter(beat -> beat.watermark() > from)
            .name("beats after the start")
            .setParallelism(in.rows().getParallelism());
    DataStream<DeadLetter> letters =
        rows.getSideOutput(ParseFeedRow.DEAD_LETTERS)
            .union(
                activity.getSideOutput(ParseActivity.DEAD_LETTERS),
                control.getSideOutput(ParseFeedControl.DEAD_LETTERS));
    out.deadLetters(
        letters.union(
            out.redis(feeds.union(fanned.getSideOutput(FanOut.TIMELINES)), beats),
            out.deliveries(pushes(feeds), beats)));
  }

  private static DataStream<AuthorInput> audience(
      DataStream<ReaderInput> readers, AudienceSettings settings) {
    return readers
        .keyBy(ReaderInput::user, IdSerializer.TYPE)
        .process(new Audience(settings))
        .returns(AuthorInput.TYPE)
        .name("audience")
        .uid("audience");
  }

  private static DataStream<AuthorInput> visibility(DataStream<PostRow> posts, long retention) {
    return posts
        .keyBy(PostRow::post, IdSerializer.TYPE)
        .process(new Visibility(retention))
        .returns(AuthorInput.TYPE)
        .name("visibility of posts")
        .uid("visibility");
  }

  private static DataStream<FeedWrite.Push> pushes(DataStream<FeedWrite> writes) {
    return writes
        .filter(FeedWrite.Push.class::isInstance)
        .map(FeedWrite.Push.class::cast)
        .returns(FeedWrite.Push.TYPE)
        .name("deliveries");
  }
}
