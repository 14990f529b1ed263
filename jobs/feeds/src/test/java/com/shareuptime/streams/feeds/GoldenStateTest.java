package com.shareuptime.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.feeds.audience.Audience;
import com.shareuptime.streams.feeds.audience.AudienceSettings;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.feeds.fanout.AuthorInput;
import com.shareuptime.streams.feeds.fanout.FanOut;
import com.shareuptime.streams.feeds.fanout.FanOutSettings;
import com.shareuptime.streams.feeds.feed.FeedInput;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.FillFeeds;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.feeds.row.PostRow;
import com.shareuptime.streams.feeds.row.Visibility;
import com.shareuptime.streams.serialization.IdSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State that an earlier build has written is read by this one, at two subtasks as at one. A file is
 * never written anew for a change that breaks it: a new layout gets a new version byte, and a file
 * beside the old one. To write what is missing: {@code -Dtest.jvm=-Dgolden.write=true}.
 */
class GoldenStateTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final int MAX_PARALLELISM = 720;
  private static final int KEYS = 50;
  private static final long START = 1_000_000_000L;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(START), ZoneOffset.UTC);

  /**
   * An operator with what it is told before and after the restore.
   *
   * @param before inputs that make the state of a number
   * @param after the input that only that state answers rightly
   * @param answers how many answers, of those that it gives, are right
   */
  private record Operator<K, I, O>(
      String name,
      KeyedProcessFunction<K, I, O> function,
      KeySelector<I, K> key,
      TypeInformation<K> keyType,
      TypeInformation<O> type,
      LongFunction<List<I>> before,
      LongFunction<I> after,
      ToLongFunction<List<O>> answers) {

    KeyedOneInputStreamOperatorTestHarness<K, I, O> harness(int parallelism, int subtask)
        throws Exception {
      var harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(function),
              key,
              keyType,
              MAX_PARALLELISM,
              parallelism,
              subtask);
      harness.setProcessingTime(START);
      harness.setup(type.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      return harness;
    }

    Path file() {
      return FOLDER.resolve(name + "-1.snapshot");
    }

    void write() throws Exception {
      Files.createDirectories(FOLDER);
      try (var harness = harness(1, 0)) {
        harness.open();
        harness.processWatermark(new Watermark(START + 60_000));
        for (long number = 1; number <= KEYS; number++) {
          for (I input : before.apply(number)) {
            harness.processElement(new StreamRecord<>(input));
          }
        }
        OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, START), file().toString());
      }
    }

    long restoredAnswers(int parallelism) throws Exception {
      long right = 0;
      for (int subtask = 0; subtask < parallelism; subtask++) {
        OperatorSubtaskState state =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                OperatorSnapshotUtil.readStateHandle(file().toString()),
                MAX_PARALLELISM,
                1,
                parallelism,
                subtask);
        try (var harness = harness(parallelism, subtask)) {
          harness.initializeState(state);
          harness.open();
          for (long number = 1; number <= KEYS; number++) {
            I input = after.apply(number);
            int owner =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    key.getKey(input), MAX_PARALLELISM, parallelism);
            if (owner == subtask) {
              harness.processElement(new StreamRecord<>(input));
            }
          }
          right += answers.applyAsLong(harness.extractOutputValues());
        }
      }
      return right;
    }

    void verify(int parallelism) throws Exception {
      if (Boolean.getBoolean("golden.write") && !Files.exists(file())) {
        write();
      }
      assertThat(restoredAnswers(parallelism)).isEqualTo(KEYS);
    }
  }

  private static boolean isNumbered(Id id, long above, Id other) {
    return id.number() == above + other.number();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void postsAndTheirAuthors(int parallelism) throws Exception {
    new Operator<>(
            "visibility",
            new Visibility(1_000_000),
            PostRow::post,
            IdSerializer.TYPE,
            AuthorInput.TYPE,
            n ->
                List.of(
                    new PostRow(
                        Id.of(n), new RowVersion(1, 1), Id.of(100 + n), n * 1_000, true, START)),
            n -> new PostRow(Id.of(n), new RowVersion(1, 2), Id.of(0), 0, false, START),
            out ->
                out.stream()
                    .map(AuthorInput.Hidden.class::cast)
                    .filter(hidden -> isNumbered(hidden.author(), 100, hidden.post()))
                    .count())
        .verify(parallelism);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readersAndWhomTheyFollow(int parallelism) throws Exception {
    new Operator<>(
            "audience",
            new Audience(
                new AudienceSettings(1_000_000, 800, 100, 100_000, 1_000_000, START, 1_000)),
            ReaderInput::user,
            IdSerializer.TYPE,
            AuthorInput.TYPE,
            n ->
                List.of(
                    new ReaderInput.Account(Id.of(n), new RowVersion(1, 1), true),
                    new ReaderInput.Follow(
                        Id.of(n), Id.of(100 + n), new RowVersion(1, 1), true, START),
                    new ReaderInput.Activity(Id.of(n), START)),
            n ->
                new ReaderInput.Follow(
                    Id.of(n), Id.of(100 + n), new RowVersion(1, 2), false, START),
            out ->
                out.stream()
                    .map(AuthorInput.Leave.class::cast)
                    .filter(leave -> isNumbered(leave.author(), 100, leave.user()))
                    .count())
        .verify(parallelism);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void authorsAndTheirFollowers(int parallelism) throws Exception {
    new Operator<>(
            "fan-out",
            new FanOut(new FanOutSettings(10, 100, 1_000), CLOCK, () -> 1),
            AuthorInput::author,
            IdSerializer.TYPE,
            FeedInput.TYPE,
            n ->
                List.of(
                    new AuthorInput.Join(Id.of(n), Id.of(100 + n), 1, 1, true, 10),
                    new AuthorInput.Shown(Id.of(n), Id.of(1_000 + n), n, 0)),
            n -> new AuthorInput.Join(Id.of(n), Id.of(200 + n), 1, 1, true, 10),
            out ->
                out.stream()
                    .map(FeedInput.Answer.class::cast)
                    .filter(
                        answer -> isNumbered(answer.posts().ids().get(0), 1_000, answer.author()))
                    .count())
        .verify(parallelism);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPostGoesToTheFollowersOfBefore(int parallelism) throws Exception {
    new Operator<>(
            "fan-out",
            new FanOut(new FanOutSettings(10, 100, 1_000), CLOCK, () -> 1),
            AuthorInput::author,
            IdSerializer.TYPE,
            FeedInput.TYPE,
            n -> List.of(), // the other test of this state writes it
            n -> new AuthorInput.Shown(Id.of(n), Id.of(2_000 + n), 2_000 + n, 0),
            out ->
                out.stream()
                    .map(FeedInput.Push.class::cast)
                    .filter(push -> isNumbered(push.users().get(0), 100, push.author()))
                    .count())
        .verify(parallelism);
  }

  /** The second answer completes what the first has opened; it does not open it again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void feedsThatAreBeingFilled(int parallelism) throws Exception {
    LongFunction<FeedInput> answer =
        n ->
            new FeedInput.Answer(
                Id.of(n), 7, 2, true, Id.of(100 + n), Posts.of(Id.of(1_000 + n), n), 0, false);
    new Operator<>(
            "fill-feeds",
            new FillFeeds(CLOCK, () -> 1),
            FeedInput::bucket,
            Types.INT,
            FeedWrite.TYPE,
            n -> List.of(answer.apply(n)),
            answer,
            out -> {
              assertThat(out).allMatch(FeedWrite.Push.class::isInstance);
              return out.size();
            })
        .verify(parallelism);
  }
}
