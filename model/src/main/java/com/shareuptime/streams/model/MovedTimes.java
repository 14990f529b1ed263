package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds times of updates that move with each like: most backends keep counts in the post's own row,
 * and many set its time at every update. Then each like is a new document.
 */
public final class MovedTimes {
  private static final String UPDATED_AT = "updated_at";

  /** {@code likes_count, commentsCounter, cached_votes_up}; counts alone, by their names. */
  private static final Pattern COUNT =
      Pattern.compile(".*(_count|Count|_counter|Counter|_counts|_votes_\\w+|_score)");

  private MovedTimes() {}

  /** A sentence for each table where it may be so. */
  public static List<String> of(BoundModel model) {
    List<String> found = new ArrayList<>();
    for (BoundEntity entity : model.entities()) {
      for (BoundBranch branch : entity.branches()) {
        Expression time = branch.branch().columns().get(UPDATED_AT);
        List<String> counts = counts(branch.table());
        if (time != null && !counts.isEmpty()) {
          found.add(
              ("%s has %s in its own rows. If a change of those moves %s, each is a new version of"
                      + " the document: leave updated_at out of %s then, or move it with the"
                      + " content alone.")
                  .formatted(
                      branch.table(),
                      String.join(", ", counts),
                      String.join(", ", time.columns()),
                      entity.name()));
        }
      }
    }
    return found;
  }

  private static List<String> counts(CatalogTable table) {
    return table.columns().stream()
        .filter(column -> column.type().isInteger() && COUNT.matcher(column.name()).matches())
        .map(CatalogColumn::name)
        .toList();
  }
}
