package com.shareuptime.streams.reconcile.document;

import com.shareuptime.streams.contract.TextPrefix;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A document as searches find it. What it has of its own row is right as soon as the surface has
 * passed a commit. Its counts follow later, and so does its author, of whom there may be many
 * documents: their names, and whether they are to be found at all.
 *
 * @param document null where none is found
 */
record DocumentCopy(long version, Document document) implements Copy<Document> {
  static final DocumentCopy ABSENT = new DocumentCopy(0, null);

  private static final String AUTHOR = "author.";
  private static final String COUNTS = "counts";
  private static final String NONE = "no document";

  @Override
  public Optional<Difference> differenceFrom(Document truth) {
    if (truth == null || document == null) {
      return Objects.equals(truth, document)
          ? Optional.empty()
          : Optional.of(
              new Difference(
                  truth == null ? Kind.EXTRA : Kind.MISSING, summary(truth), summary(document)));
    }
    return difference(differing(document, truth), truth);
  }

  /** A document that is written again for its counts all the while has the same stale author. */
  @Override
  public Optional<Difference> lastingFrom(Copy<Document> before, Document then, Document now) {
    if (equals(before)) {
      return before.differenceFrom(then);
    }
    Document shownBefore = ((DocumentCopy) before).document;
    if (then == null && now == null) {
      return document == null || shownBefore == null ? Optional.empty() : differenceFrom(null);
    }
    if (then == null || now == null || shownBefore == null || document == null) {
      return Optional.empty();
    }
    SortedSet<String> lasting = differing(document, now);
    lasting.removeAll(differing(then, now));
    lasting.removeAll(differing(document, shownBefore));
    return difference(lasting, now);
  }

  @Override
  public boolean liesWithin(Collection<Document> states) {
    Document newest = states.iterator().next();
    return document != null
        && differing(document, newest).stream().allMatch(COUNTS::equals)
        && document.counts().liesWithin(states.stream().map(Document::counts).toList());
  }

  /** Tells of its own fields alone if some differ: the rest may be about to follow. */
  private Optional<Difference> difference(SortedSet<String> differing, Document truth) {
    if (differing.isEmpty()) {
      return Optional.empty();
    }
    Set<String> own =
        differing.stream()
            .filter(field -> !field.equals(COUNTS) && !field.startsWith(AUTHOR))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> told = own.isEmpty() ? differing : own;
    StringBuilder expected = new StringBuilder();
    StringBuilder found = new StringBuilder();
    for (String field : told) {
      String should = value(truth, field);
      String is = value(document, field);
      int from = Excerpt.beginsToDiffer(should, is);
      expected.append(expected.isEmpty() ? "" : ", ").append(Excerpt.of(field, should, from));
      found.append(found.isEmpty() ? "" : ", ").append(Excerpt.of(field, is, from));
    }
    return Optional.of(
        new Difference(Kind.WRONG, expected.toString(), found.toString(), own.isEmpty()));
  }

  private static SortedSet<String> differing(Document one, Document other) {
    SortedSet<String> names = new TreeSet<>(one.fields().keySet());
    names.addAll(other.fields().keySet());
    names.removeIf(field -> agree(one.fields().get(field), other.fields().get(field)));
    if (!one.counts().equals(other.counts())) {
      names.add(COUNTS);
    }
    return names;
  }

  private static String value(Document document, String field) {
    return field.equals(COUNTS) ? document.countsJson() : document.fields().get(field);
  }

  private static String summary(Document document) {
    return document == null
        ? NONE
        : "%s, by %s, %s"
            .formatted(
                document.fields().get("visibility"),
                document.fields().get("author.username"),
                document.countsJson());
  }

  /** Which of them is the surface's is not known here. */
  private static boolean agree(String one, String other) {
    return TextPrefix.isShown(one, other) || TextPrefix.isShown(other, one);
  }
}
