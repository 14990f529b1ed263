package com.shareuptime.streams.cli.explain.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.contract.Id;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the documents of a user show him.
 *
 * @param documents all that are found
 * @param compared the newest of them
 * @param stale those that show him otherwise than his row, or at all though he is inactive
 * @param passed whether the surface has passed what the row showed
 * @param away why they cannot be read; null if they can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Snapshots(
    String alias, long documents, int compared, List<Stale> stale, boolean passed, String away) {
  private static final int SHOWN = 5;

  /**
   * A document that differs.
   *
   * @param why in words
   */
  record Stale(Id id, String why) {}

  static Snapshots away(String alias, String reason) {
    return new Snapshots(alias, 0, 0, List.of(), false, reason);
  }

  /** Of the documents: post or reel. */
  String type() {
    return alias.substring(0, alias.length() - 1);
  }

  /**
   * For people.
   *
   * @param settled whether his row is known not to have changed lately; documents follow it one by
   *     one
   */
  List<String> text(boolean settled) {
    if (away != null) {
      return List.of(alias + ": " + away);
    }
    if (stale.isEmpty()) {
      return List.of("%s: %,d documents, right".formatted(alias, documents));
    }
    String verdict =
        !passed
            ? "not yet past his row"
            : settled ? "WRONG" : "which may be on its way: the row may have changed lately";
    return Stream.concat(
            Stream.of(
                "%s: %,d of %,d documents differ from the row (%,d compared), %s"
                    .formatted(alias, stale.size(), documents, compared, verdict)),
            stale.stream().limit(SHOWN).map(one -> "  %s: %s".formatted(one.id(), one.why())))
        .toList();
  }
}
