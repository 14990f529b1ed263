package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonValue;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Rows of the product's tables that concern a post or reel.
 *
 * @param counts of those that count
 * @param hidden of those that are there but do not count
 */
record RowCounts(Counts counts, Counts hidden) {

  /** As {@code comments} all that are there, as {@code deletedComments} those that do not count. */
  @JsonValue
  Map<String, Long> fields() {
    Map<String, Long> fields = new LinkedHashMap<>();
    for (CounterKind kind : CounterKind.ALL) {
      fields.put(kind.text(), there(kind));
      if (kind.rows().isHideable()) {
        String name =
            kind.text().substring(0, 1).toUpperCase(Locale.ROOT) + kind.text().substring(1);
        fields.put("deleted" + name, hidden.of(kind));
      }
    }
    return fields;
  }

  String text() {
    StringJoiner text = new StringJoiner("; ");
    for (CounterKind kind : CounterKind.ALL) {
      String rows = text.length() == 0 ? "%,d rows of %s" : "%,d of %s";
      String deleted = kind.rows().isHideable() ? ", %,d of them deleted softly" : "";
      text.add((rows + deleted).formatted(there(kind), kind, hidden.of(kind)));
    }
    return text.toString();
  }

  private long there(CounterKind kind) {
    return counts.of(kind) + hidden.of(kind);
  }
}
