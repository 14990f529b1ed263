package com.shareuptime.streams.search.author;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.pace.Turns;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.document.AuthorRow;
import com.shareuptime.streams.search.document.AuthorSnapshot;
import com.shareuptime.streams.search.document.DocumentInput;
import com.shareuptime.streams.state.SortedIds;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends each document a snapshot of its author, at once when the document is new to the author, and
 * step by step when the author changes, so that the rename of somebody with many documents holds up
 * nobody. Another change while that goes on starts it again from the beginning.
 *
 * <p>A document that is another's by now, or gone, is forgotten.
 */
public final class Authors extends KeyedProcessFunction<Long, AuthorChange, DocumentInput> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<AuthorRow> AUTHOR =
      new ValueStateDescriptor<>("author", AuthorRow.TYPE);

  /** Bucket → numbers of the documents in it, sorted. */
  private static final MapStateDescriptor<Integer, long[]> DOCUMENTS =
      new MapStateDescriptor<>(
          "documents", Types.INT, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  /**
   * Number of a document → since when it is the author's, while the author's own row has not come;
   * all go to the buckets then.
   */
  private static final MapStateDescriptor<Long, Authorship> WAITING =
      new MapStateDescriptor<>("waiting", Types.LONG, Authorship.TYPE);

  /** The bucket in which a change has to be told on; none while nothing goes on. */
  private static final ValueStateDescriptor<Integer> NEXT =
      new ValueStateDescriptor<>("next", Types.INT);

  /** Number of the last document of that bucket that has been told; none at its beginning. */
  private static final ValueStateDescriptor<Long> TOLD =
      new ValueStateDescriptor<>("told", Types.LONG);

  /** Burnt into state: never change it. */
  private static final int BUCKETS = 128;

  /**
   * So many steps make a second's worth: a step is the whole of most authors, who are told at once,
   * and as much of one who has more before others have their turn.
   */
  private static final int STEPS_PER_SECOND = 8;

  private final int snapshotsPerSecond;
  private final int step;

  private transient ValueState<AuthorRow> authorState;
  private transient MapState<Integer, long[]> documents;
  private transient MapState<Long, Authorship> waiting;
  private transient ValueState<Integer> next;
  private transient ValueState<Long> toldState;
  private transient Turns turns;
  private transient Counter snapshots;
  private transient Counter renames;
  private transient Counter stale;
  private transient Counter textMissing;

  /**
   * @param snapshotsPerSecond at most so many documents a second and subtask are told of changes
   */
  public Authors(int snapshotsPerSecond) {
    this.snapshotsPerSecond = snapshotsPerSecond;
    this.step = Math.max(1, snapshotsPerSecond / STEPS_PER_SECOND);
  }

  @Override
  public void open(OpenContext context) {
    authorState = getRuntimeContext().getState(AUTHOR);
    documents = getRuntimeContext().getMapState(DOCUMENTS);
    waiting = getRuntimeContext().getMapState(WAITING);
    next = getRuntimeContext().getState(NEXT);
    toldState = getRuntimeContext().getState(TOLD);
    turns = new Turns(snapshotsPerSecond);
    var metrics = getRuntimeContext().getMetricGroup();
    snapshots = metrics.counter("snapshots");
    renames = metrics.counter("authorChanges");
    stale = metrics.counter("staleRows");
    textMissing = metrics.counter("textMissing");
  }

  @Override
  public void processElement(AuthorChange input, Context context, Collector<DocumentInput> out)
      throws Exception {
    AuthorRow known = authorState.value();
    if (input instanceof AuthorChange.Wrote wrote) {
      long number = wrote.document().number();
      if (known == null) {
        waiting.put(number, new Authorship(wrote.author(), wrote.asOf(), 0));
      } else {
        add(number);
        send(number, known, wrote.asOf(), out);
      }
    } else if (input instanceof AuthorChange.Left left) {
      remove(left.document().number());
    } else {
      change(known, ((AuthorChange.Changed) input).row(), context, out);
    }
  }

  private void change(
      AuthorRow known, AuthorRow changed, Context context, Collector<DocumentInput> out)
      throws Exception {
    if (known != null && known.version().compareTo(changed.version()) > 0) {
      stale.inc();
      return;
    }
    AuthorRow row = known == null ? changed : changed.completedBy(known);
    if (!row.isNamed()) {
      textMissing.inc();
    }
    authorState.update(row);
    if (known == null) {
      welcome(row, out);
    } else if (!row.looksLike(known)) {
      renames.inc();
      tellAll(row, context, out);
    }
  }

  /**
   * The author is known at last: until then the documents have nothing to show, so all are told in
   * one step, before the watermark that says that they are there.
   */
  private void welcome(AuthorRow author, Collector<DocumentInput> out) throws Exception {
    // put there before what waits was kept apart
    for (Map.Entry<Integer, long[]> bucket : documents.entries()) {
      send(bucket.getValue(), author, Authorship.NO_ROW, out);
    }
    Map<Integer, LongStream.Builder> more = new HashMap<>();
    for (Map.Entry<Long, Authorship> document : waiting.entries()) {
      long number = document.getKey();
      more.computeIfAbsent(bucket(number), bucket -> LongStream.builder()).add(number);
      send(number, author, document.getValue().asOf(), out);
    }
    for (Map.Entry<Integer, LongStream.Builder> bucket : more.entrySet()) {
      long[] before = documents.get(bucket.getKey());
      LongStream known = before == null ? LongStream.empty() : LongStream.of(before);
      documents.put(
          bucket.getKey(),
          LongStream.concat(known, bucket.getValue().build()).sorted().distinct().toArray());
    }
    waiting.clear();
  }

  private void add(long number) throws Exception {
    int bucket = bucket(number);
    long[] before = documents.get(bucket);
    long[] more = SortedIds.with(before, number);
    if (more != before) {
      documents.put(bucket, more);
    }
  }

  private void remove(long number) throws Exception {
    waiting.remove(number);
    int bucket = bucket(number);
    long[] before = documents.get(bucket);
    long[] fewer = SortedIds.without(before, number);
    if (fewer == before) {
      return;
    }
    if (fewer.length == 0) {
      documents.remove(bucket);
    } else {
      documents.put(bucket, fewer);
    }
  }

  private void tellAll(AuthorRow author, Context context, Collector<DocumentInput> out)
      throws Exception {
    int count = 0;
    for (Map.Entry<Integer, long[]> bucket : documents.entries()) {
      count += bucket.getValue().length;
      if (count > step) {
        if (next.value() == null) { // else its timer goes on
          context.timerService().registerProcessingTimeTimer(now(context) + 1);
        }
        next.update(0);
        toldState.clear();
        return;
      }
    }
    next.clear();
    for (Map.Entry<Integer, long[]> bucket : documents.entries()) {
      send(bucket.getValue(), author, null, out);
    }
  }

  /** One step of a change that many documents have to be told of. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<DocumentInput> out)
      throws Exception {
    Integer bucket = next.value();
    if (bucket == null) {
      return;
    }
    AuthorRow author = authorState.value();
    Long told = toldState.value();
    int size = 0;
    while (bucket < BUCKETS && size < step) {
      long[] some = documents.get(bucket);
      int from = told == null || some == null ? 0 : SortedIds.after(some, told);
      int to = some == null ? 0 : Math.min(some.length, from + step - size);
      for (int i = from; i < to; i++) {
        send(some[i], author, null, out);
      }
      size += to - from;
      told = some == null || to == some.length ? null : (Long) some[to - 1];
      bucket = told == null ? bucket + 1 : bucket;
    }
    toldState.update(told);
    if (bucket == BUCKETS) {
      next.clear();
      return;
    }
    next.update(bucket);
    turns.take(size, timestamp);
    context.timerService().registerProcessingTimeTimer(timestamp + 1 + turns.take(0, timestamp));
  }

  private void send(long[] some, AuthorRow author, RowVersion asOf, Collector<DocumentInput> out) {
    for (long number : some) {
      send(number, author, asOf, out);
    }
  }

  private void send(long number, AuthorRow author, RowVersion asOf, Collector<DocumentInput> out) {
    snapshots.inc();
    out.collect(new AuthorSnapshot(DocumentKey.of(number), author, asOf));
  }

  private static long now(Context context) {
    return context.timerService().currentProcessingTime();
  }

  private static int bucket(long number) {
    return (int) ((number * 0x9E3779B97F4A7C15L) >>> 57);
  }
}
