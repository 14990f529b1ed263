package com.shareuptime.streams.search.author;

import com.shareuptime.streams.contract.LongArrays;
import com.shareuptime.streams.search.DocumentKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The documents of one author, in keyed state, and how far a walk through them has got. There may
 * be very many, so each is one number, as {@link DocumentKey} packs it.
 */
final class AuthorDocuments {
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

  /** The bucket in which a walk goes on; none while there is no walk. */
  private static final ValueStateDescriptor<Integer> NEXT =
      new ValueStateDescriptor<>("next", Types.INT);

  /** Number of the last document of that bucket that was passed; none at its beginning. */
  private static final ValueStateDescriptor<Long> TOLD =
      new ValueStateDescriptor<>("told", Types.LONG);

  /** Burnt into state: never change it. */
  private static final int BUCKETS = 128;

  private static final long[] NONE = {};

  private final MapState<Integer, long[]> documents;
  private final MapState<Long, Authorship> waiting;
  private final ValueState<Integer> next;
  private final ValueState<Long> told;

  AuthorDocuments(RuntimeContext context) {
    documents = context.getMapState(DOCUMENTS);
    waiting = context.getMapState(WAITING);
    next = context.getState(NEXT);
    told = context.getState(TOLD);
  }

  /** Adds one that waits for the author's row. */
  void await(DocumentKey document, Authorship since) throws Exception {
    waiting.put(document.number(), since);
  }

  void add(DocumentKey document) throws Exception {
    long number = document.number();
    long[] before = in(bucket(number));
    long[] more = LongArrays.with(before, number);
    if (more != before) {
      documents.put(bucket(number), more);
    }
  }

  /** Removes one, whether it waits or not. */
  void remove(DocumentKey document) throws Exception {
    long number = document.number();
    waiting.remove(number);
    long[] before = in(bucket(number));
    long[] fewer = LongArrays.without(before, number);
    if (fewer == before) {
      return;
    }
    if (fewer.length == 0) {
      documents.remove(bucket(number));
    } else {
      documents.put(bucket(number), fewer);
    }
  }

  /**
   * Ends the waiting of those that wait.
   *
   * @param each takes each of them, and since when it is the author's
   */
  void arrive(BiConsumer<DocumentKey, Authorship> each) throws Exception {
    Map<Integer, LongStream.Builder> more = new HashMap<>();
    for (Map.Entry<Long, Authorship> document : waiting.entries()) {
      long number = document.getKey();
      more.computeIfAbsent(bucket(number), bucket -> LongStream.builder()).add(number);
      each.accept(DocumentKey.of(number), document.getValue());
    }
    for (Map.Entry<Integer, LongStream.Builder> bucket : more.entrySet()) {
      LongStream known = LongStream.of(in(bucket.getKey()));
      documents.put(
          bucket.getKey(),
          LongStream.concat(known, bucket.getValue().build()).sorted().distinct().toArray());
    }
    waiting.clear();
  }

  /** Whether there are more than so many, beside those that wait. */
  boolean areMoreThan(int few) throws Exception {
    int count = 0;
    for (Map.Entry<Integer, long[]> bucket : documents.entries()) {
      count += bucket.getValue().length;
      if (count > few) {
        return true;
      }
    }
    return false;
  }

  /** Hands out all but those that wait. */
  void forEach(Consumer<DocumentKey> each) throws Exception {
    for (Map.Entry<Integer, long[]> bucket : documents.entries()) {
      for (long number : bucket.getValue()) {
        each.accept(DocumentKey.of(number));
      }
    }
  }

  /** Whether a walk has not come to its end. */
  boolean isWalk() throws Exception {
    return next.value() != null;
  }

  /** Begins a walk, also if there is one that has not come to its end. */
  void beginWalk() throws Exception {
    next.update(0);
    told.clear();
  }

  void endWalk() {
    next.clear();
  }

  /** Goes on with the walk, past at most so many; returns how many there were. */
  int walk(int most, Consumer<DocumentKey> each) throws Exception {
    int bucket = next.value();
    Long last = told.value();
    int size = 0;
    while (bucket < BUCKETS && size < most) {
      long[] some = in(bucket);
      int from = last == null ? 0 : LongArrays.after(some, last);
      int to = Math.min(some.length, from + most - size);
      for (int i = from; i < to; i++) {
        each.accept(DocumentKey.of(some[i]));
      }
      size += to - from;
      last = to == some.length ? null : (Long) some[to - 1];
      bucket = last == null ? bucket + 1 : bucket;
    }
    told.update(last);
    if (bucket == BUCKETS) {
      endWalk();
    } else {
      next.update(bucket);
    }
    return size;
  }

  private long[] in(int bucket) throws Exception {
    long[] some = documents.get(bucket);
    return some == null ? NONE : some;
  }

  private static int bucket(long number) {
    return (int) ((number * 0x9E3779B97F4A7C15L) >>> 57);
  }
}
