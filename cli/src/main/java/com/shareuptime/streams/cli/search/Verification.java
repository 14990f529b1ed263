package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two indexes that are both being written: the ids of all documents, and a sample's
 * content. What differs is looked at again once both have passed what was committed meanwhile, as a
 * document on its way to one of them is no error; what still differs then is.
 */
final class Verification {
  /**
   * What was found.
   *
   * @param documents readers find in the new index
   * @param sampled whose content was compared
   * @param wrong documents that only one has, or that differ; none is right
   */
  record Outcome(long documents, int sampled, Set<Id> wrong) {
    boolean isRight() {
      return wrong.isEmpty();
    }
  }

  private static final int LOOKS = 5;
  private static final int AT_ONCE = 1_000;

  /** What counts are called: they follow at each run's own pace. */
  private static final String COUNT = "_count";

  private final OpenSearch openSearch;
  private final String before;
  private final String after;
  private final Runnable awaitBoth;
  private final Random random = new Random();

  /**
   * @param awaitBoth returns when both have passed all that is committed when it is called
   */
  Verification(OpenSearch openSearch, String before, String after, Runnable awaitBoth) {
    this.openSearch = openSearch;
    this.before = before;
    this.after = after;
    this.awaitBoth = awaitBoth;
  }

  /**
   * @param sample how many documents' content to compare, chosen at random
   */
  Outcome run(int sample) {
    awaitBoth.run();
    List<Id> chosen = new ArrayList<>(sample);
    Set<Id> suspects = new TreeSet<>();
    long documents = compareIds(suspects, chosen, sample);
    Set<Id> wrong = suspects;
    wrong.addAll(differing(chosen));
    for (int look = 0; look < LOOKS && !wrong.isEmpty(); look++) {
      awaitBoth.run();
      wrong = differing(List.copyOf(wrong));
    }
    return new Outcome(documents, chosen.size(), wrong);
  }

  /** Both in the order of ids; every {@code k}-th document has a place in the sample by chance. */
  private long compareIds(Set<Id> suspects, List<Id> chosen, int sample) {
    IdCursor one = new IdCursor(openSearch, before);
    IdCursor other = new IdCursor(openSearch, after);
    boolean more = one.next();
    boolean others = other.next();
    long documents = 0;
    while (more || others) {
      int order = one.id().compareTo(other.id());
      if (order == 0) {
        documents++;
        choose(one.id(), chosen, sample, documents);
        more = one.next();
        others = other.next();
      } else if (order < 0) {
        suspects.add(one.id());
        more = one.next();
      } else {
        documents++;
        suspects.add(other.id());
        others = other.next();
      }
    }
    return documents;
  }

  /** A reservoir: of all documents seen each is in it with the same chance. */
  private void choose(Id id, List<Id> chosen, int sample, long seen) {
    if (chosen.size() < sample) {
      chosen.add(id);
    } else {
      long place = random.nextLong(seen);
      if (place < sample) {
        chosen.set((int) place, id);
      }
    }
  }

  private Set<Id> differing(List<Id> ids) {
    Set<Id> differing = new TreeSet<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<Id> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      Map<Id, JsonNode> one = read(before, some);
      Map<Id, JsonNode> other = read(after, some);
      for (Id id : some) {
        if (!Objects.equals(one.get(id), other.get(id))) {
          differing.add(id);
        }
      }
    }
    return differing;
  }

  private Map<Id, JsonNode> read(String index, List<Id> ids) {
    String query =
        "{\"size\":%d,\"query\":{\"bool\":{\"filter\":[{\"term\":{\"hidden\":false}},{\"terms\":{\"id\":%s}}]}}}"
            .formatted(ids.size(), ids.stream().map(IdJson::node).toList());
    Map<Id, JsonNode> found = new HashMap<>();
    for (JsonNode hit : openSearch.hits(index, query)) {
      ObjectNode document = (ObjectNode) hit.path("_source");
      document.properties().removeIf(field -> field.getKey().endsWith(COUNT));
      document.remove("embedding"); // comes later than the text
      found.put(IdJson.readAny(document.path("id")), document);
    }
    return found;
  }
}
