package com.shareuptime.streams.search.author;

import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.search.DocumentKey;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Of UUIDs and texts, and of numbers beside these: about 25 bytes for a UUID. */
final class NamedDocuments implements DocumentSets<NamedDocuments.Both, DocumentKey> {

  /**
   * Posts come before reels.
   *
   * @param posts sorted, as the reels are
   */
  record Both(Ids posts, Ids reels) {
    static final TypeInformation<Both> TYPE = ValueType.of(Both.class, new Serializer());

    private static final Both NONE = new Both(Ids.NONE, Ids.NONE);

    private Ids of(DocumentType type) {
      return type == DocumentType.POST ? posts : reels;
    }

    private Both changed(DocumentType type, Ids now) {
      if (now == of(type)) {
        return this;
      }
      return type == DocumentType.POST ? new Both(now, reels) : new Both(posts, now);
    }

    private Both withAll(DocumentType type, List<DocumentKey> documents) {
      Ids.Builder all = new Ids.Builder().addAll(of(type));
      documents.stream()
          .filter(document -> document.type() == type)
          .forEach(document -> all.add(document.id()));
      return changed(type, all.build().sorted());
    }

    /** Layout in state. */
    @InState(newest = 1)
    public static final class Serializer extends RecordSerializer<Both> {}
  }

  @Override
  public TypeInformation<Both> type() {
    return Both.TYPE;
  }

  @Override
  public TypeInformation<DocumentKey> keyType() {
    return DocumentKey.TYPE;
  }

  @Override
  public DocumentKey key(DocumentKey document) {
    return document;
  }

  @Override
  public DocumentKey document(DocumentKey key) {
    return key;
  }

  @Override
  public Both none() {
    return Both.NONE;
  }

  @Override
  public int size(Both set) {
    return set.posts.size() + set.reels.size();
  }

  @Override
  public DocumentKey get(Both set, int at) {
    int posts = set.posts.size();
    return at < posts
        ? new DocumentKey(DocumentType.POST, set.posts.get(at))
        : new DocumentKey(DocumentType.REEL, set.reels.get(at - posts));
  }

  @Override
  public int after(Both set, DocumentKey document) {
    int before = document.type() == DocumentType.POST ? 0 : set.posts.size();
    return before + set.of(document.type()).after(document.id());
  }

  @Override
  public Both with(Both set, DocumentKey document) {
    return set.changed(document.type(), set.of(document.type()).with(document.id()));
  }

  @Override
  public Both withAll(Both set, List<DocumentKey> documents) {
    return set.withAll(DocumentType.POST, documents).withAll(DocumentType.REEL, documents);
  }

  @Override
  public Both without(Both set, DocumentKey document) {
    return set.changed(document.type(), set.of(document.type()).without(document.id()));
  }
}
