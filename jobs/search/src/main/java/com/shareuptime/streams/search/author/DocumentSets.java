package com.shareuptime.streams.search.author;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.search.DocumentKey;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How an author's documents lie in state: many as a set {@code S}, which is in its own order and
 * never changed, and one as {@code K}.
 */
interface DocumentSets<S, K> {

  /** Those that posts and reels of these kinds have. They were numbers alone once. */
  static DocumentSets<?, ?> of(IdKinds kinds) {
    return kinds.targets() == IdKind.NUMBER ? new NumberedDocuments() : new NamedDocuments();
  }

  TypeInformation<S> type();

  TypeInformation<K> keyType();

  K key(DocumentKey document);

  DocumentKey document(K key);

  S none();

  int size(S set);

  DocumentKey get(S set, int at);

  /** The place of the first behind a document, which need not be in the set. */
  int after(S set, DocumentKey document);

  /** The set itself if it has the document. */
  S with(S set, DocumentKey document);

  S withAll(S set, List<K> documents);

  /** The set itself if it has not got the document. */
  S without(S set, DocumentKey document);
}
