package com.shareuptime.streams.search.author;

import com.shareuptime.streams.contract.LongArrays;
import com.shareuptime.streams.search.DocumentKey;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * There may be very many, so each is one number, as {@link DocumentKey} packs it. As state on the
 * heap restores as the objects that were saved, these are what earlier builds had.
 */
final class NumberedDocuments implements DocumentSets<long[], Long> {
  private static final long[] NONE = {};

  @Override
  public TypeInformation<long[]> type() {
    return PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
  }

  @Override
  public TypeInformation<Long> keyType() {
    return Types.LONG;
  }

  @Override
  public Long key(DocumentKey document) {
    return document.number();
  }

  @Override
  public DocumentKey document(Long key) {
    return DocumentKey.of(key);
  }

  @Override
  public long[] none() {
    return NONE;
  }

  @Override
  public int size(long[] set) {
    return set.length;
  }

  @Override
  public DocumentKey get(long[] set, int at) {
    return DocumentKey.of(set[at]);
  }

  @Override
  public int after(long[] set, DocumentKey document) {
    return LongArrays.after(set, document.number());
  }

  @Override
  public long[] with(long[] set, DocumentKey document) {
    return LongArrays.with(set, document.number());
  }

  @Override
  public long[] withAll(long[] set, List<Long> documents) {
    LongStream more = documents.stream().mapToLong(Long::longValue);
    return LongStream.concat(LongStream.of(set), more).sorted().distinct().toArray();
  }

  @Override
  public long[] without(long[] set, DocumentKey document) {
    return LongArrays.without(set, document.number());
  }
}
