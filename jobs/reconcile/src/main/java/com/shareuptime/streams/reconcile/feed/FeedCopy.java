package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.compare.Difference;
import com.shareuptime.streams.reconcile.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A feed or a timeline as a surface has it. It may hold too much, as readers leave out what they
 * must not show; above its mark it must not lack anything.
 *
 * @param mark in epoch microseconds; every post above it must be there. {@link Long#MAX_VALUE}
 *     where nothing is promised, so that readers ask the tables
 * @param end posts of this position or above it have no place here
 * @param pulled authors whose posts are read elsewhere
 * @param positions of the posts that are there
 * @param repeated those at another position as well: a row too many, which hides nothing
 */
record FeedCopy(long mark, long end, Set<Id> pulled, Map<Id, Long> positions, Set<Place> repeated)
    implements Copy<Entries> {
  static final FeedCopy ABSENT = new FeedCopy(Long.MAX_VALUE, Set.of(), Map.of());

  /** A post and its position in epoch microseconds. */
  record Place(Id post, long position) {}

  /** Of a feed with much that is wrong, these are named. */
  private static final int NAMED = 5;

  FeedCopy(long mark, Set<Id> pulled, Map<Id, Long> positions) {
    this(mark, Long.MAX_VALUE, pulled, positions, new HashSet<>());
  }

  /** Adds a post, to whatever position it has already. */
  void add(Id post, long position) {
    Long other = positions.putIfAbsent(post, position);
    if (other != null && other != position) {
      repeated.add(new Place(post, position));
    }
  }

  /** Feeds have no versions: what counts is whether the same post is wrong again. */
  @Override
  public long version() {
    return 0;
  }

  @Override
  public Optional<Difference> differenceFrom(Entries truth) {
    return truth == null ? Optional.empty() : difference(wrong(truth).keySet(), truth);
  }

  @Override
  public Optional<Difference> lastingFrom(Copy<Entries> before, Entries then, Entries truth) {
    if (then == null || truth == null) {
      return Optional.empty();
    }
    Map<Id, Long> wrong = wrong(truth);
    wrong.keySet().retainAll(((FeedCopy) before).wrong(then).keySet());
    return difference(wrong.keySet(), truth);
  }

  /** Posts that are missing, or at another position, with the right one. */
  private Map<Id, Long> wrong(Entries truth) {
    Map<Id, Long> wrong = new LinkedHashMap<>();
    for (int i = 0; i < truth.size() && truth.positions()[i] > mark; i++) {
      Id post = truth.posts().get(i);
      if (truth.positions()[i] < end
          && !has(post, truth.positions()[i])
          && !pulled.contains(truth.authors().get(i))) {
        wrong.put(post, truth.positions()[i]);
      }
    }
    return wrong;
  }

  private boolean has(Id post, long position) {
    Long there = positions.get(post);
    return there != null
        && (there == position
            || !repeated.isEmpty() && repeated.contains(new Place(post, position)));
  }

  private Optional<Difference> difference(Collection<Id> posts, Entries truth) {
    if (posts.isEmpty()) {
      return Optional.empty();
    }
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    boolean isMissing = false;
    for (int i = 0; i < truth.size(); i++) {
      Id post = truth.posts().get(i);
      if (posts.contains(post)) {
        Long position = positions.get(post);
        isMissing |= position == null;
        expected.add(
            "%s of author %s at %d".formatted(post, truth.authors().get(i), truth.positions()[i]));
        found.add(
            position == null
                ? "%s not there".formatted(post)
                : "%s at %d".formatted(post, position));
      }
    }
    return Optional.of(
        new Difference(isMissing ? Kind.MISSING : Kind.WRONG, some(expected), some(found)));
  }

  private static String some(List<String> all) {
    String named = String.join("; ", all.subList(0, Math.min(all.size(), NAMED)));
    return all.size() <= NAMED ? named : named + "; and %d more".formatted(all.size() - NAMED);
  }
}
