package com.shareuptime.streams.search.author;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The documents of one author, in keyed state, and how far a walk through them has got. How they
 * lie there {@link DocumentSets} says.
 */
final class AuthorDocuments<S, K> {
  /** The bucket in which a walk goes on; none while there is no walk. */
  private static final ValueStateDescriptor<Integer> NEXT =
      new ValueStateDescriptor<>("next", Types.INT);

  /** Burnt into state: never change it. */
  private static final int BUCKETS = 128;

  private final DocumentSets<S, K> sets;

  /** Bucket → the documents in it. */
  private final MapState<Integer, S> documents;

  /**
   * A document → since when it is the author's, while the author's own row has not come; all go to
   * the buckets then.
   */
  private final MapState<K, Authorship> waiting;

  private final ValueState<Integer> next;

  /** The last document of that bucket that was passed; none at its beginning. */
  private final ValueState<K> told;

  private AuthorDocuments(DocumentSets<S, K> sets, RuntimeContext context) {
    this.sets = sets;
    documents = context.getMapState(new MapStateDescriptor<>("documents", Types.INT, sets.type()));
    waiting =
        context.getMapState(new MapStateDescriptor<>("waiting", sets.keyType(), Authorship.TYPE));
    next = context.getState(NEXT);
    told = context.getState(new ValueStateDescriptor<>("told", sets.keyType()));
  }

  /** For the {@code open} of an operator. */
  static AuthorDocuments<?, ?> of(RuntimeContext context, IdKinds kinds) {
    return of(context, DocumentSets.of(kinds));
  }

  private static <S, K> AuthorDocuments<S, K> of(RuntimeContext context, DocumentSets<S, K> sets) {
    return new AuthorDocuments<>(sets, context);
  }

  /** Adds one that waits for the author's row. */
  void await(DocumentKey document, Authorship since) throws Exception {
    waiting.put(sets.key(document), since);
  }

  void add(DocumentKey document) throws Exception {
    S before = in(bucket(document));
    S more = sets.with(before, document);
    if (more != before) {
      documents.put(bucket(document), more);
    }
  }

  /** Removes one, whether it waits or not. */
  void remove(DocumentKey document) throws Exception {
    waiting.remove(sets.key(document));
    S before = in(bucket(document));
    S fewer = sets.without(before, document);
    if (fewer == before) {
      return;
    }
    if (sets.size(fewer) == 0) {
      documents.remove(bucket(document));
    } else {
      documents.put(bucket(document), fewer);
    }
  }

  /**
   * Ends the waiting of those that wait.
   *
   * @param each takes each of them, and since when it is the author's
   */
  void arrive(BiConsumer<DocumentKey, Authorship> each) throws Exception {
    Map<Integer, List<K>> more = new HashMap<>();
    for (Map.Entry<K, Authorship> entry : waiting.entries()) {
      DocumentKey document = sets.document(entry.getKey());
      more.computeIfAbsent(bucket(document), bucket -> new ArrayList<>()).add(entry.getKey());
      each.accept(document, entry.getValue());
    }
    for (Map.Entry<Integer, List<K>> bucket : more.entrySet()) {
      documents.put(bucket.getKey(), sets.withAll(in(bucket.getKey()), bucket.getValue()));
    }
    waiting.clear();
  }

  /** Whether there are more than so many, beside those that wait. */
  boolean areMoreThan(int few) throws Exception {
    int count = 0;
    for (Map.Entry<Integer, S> bucket : documents.entries()) {
      count += sets.size(bucket.getValue());
      if (count > few) {
        return true;
      }
    }
    return false;
  }

  /** Hands out all but those that wait. */
  void forEach(Consumer<DocumentKey> each) throws Exception {
    for (Map.Entry<Integer, S> bucket : documents.entries()) {
      S some = bucket.getValue();
      for (int i = 0; i < sets.size(some); i++) {
        each.accept(sets.get(some, i));
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
    K last = told.value();
    int size = 0;
    while (bucket < BUCKETS && size < most) {
      S some = in(bucket);
      int from = last == null ? 0 : sets.after(some, sets.document(last));
      int to = Math.min(sets.size(some), from + most - size);
      for (int i = from; i < to; i++) {
        each.accept(sets.get(some, i));
      }
      size += to - from;
      last = to == sets.size(some) ? null : sets.key(sets.get(some, to - 1));
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

  private S in(int bucket) throws Exception {
    S some = documents.get(bucket);
    return some == null ? sets.none() : some;
  }

  private static int bucket(DocumentKey document) {
    return (int) ((document.bits() * 0x9E3779B97F4A7C15L) >>> 57);
  }
}
