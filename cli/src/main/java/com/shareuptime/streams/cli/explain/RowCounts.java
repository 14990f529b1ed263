package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonValue;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Rows of the product's tables that concern a post or reel.
 *
 * @param counts of those that count
 * @param hidden of those that are there but do not count
 * @param counters whose rows these are
 */
record RowCounts(Counts counts, Counts hidden, List<CountedView> counters) {

  /** As {@code comments} all that are there, as {@code deletedComments} those that do not count. */
  @JsonValue
  Map<String, Long> fields() {
    Map<String, Long> fields = new LinkedHashMap<>();
    for (CountedView counter : counters) {
      String name = counter.name();
      fields.put(name, there(counter));
      if (mayBeHidden(counter)) {
        String word = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        fields.put("deleted" + word, hidden.of(counter));
      }
    }
    return fields;
  }

  String text() {
    StringJoiner text = new StringJoiner("; ");
    for (CountedView counter : counters) {
      String rows = text.length() == 0 ? "%,d rows of %s" : "%,d of %s";
      String deleted = mayBeHidden(counter) ? ", %,d of them deleted softly" : "";
      text.add((rows + deleted).formatted(there(counter), counter, hidden.of(counter)));
    }
    return text.toString();
  }

  private boolean mayBeHidden(CountedView counter) {
    return counter.kind().equals(CounterKind.COMMENTS) || hidden.of(counter) > 0;
  }

  private long there(CountedView counter) {
    return counts.of(counter) + hidden.of(counter);
  }
}
