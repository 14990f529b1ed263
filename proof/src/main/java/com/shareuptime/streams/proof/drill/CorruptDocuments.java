package com.shareuptime.streams.proof.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Documents that searches find: with another text, deleted, and copied to ids that nobody has. */
final class CorruptDocuments implements Corruption {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Target.Type type;
  private final Targets targets;
  private final OpenSearch openSearch;
  private final String index;

  CorruptDocuments(Addresses addresses, Target.Type type) {
    this.type = type;
    this.targets = Targets.of(addresses);
    this.openSearch = OpenSearch.at(addresses.openSearchUrl());
    this.index = openSearch.behind(type.table()).orElseThrow();
  }

  @Override
  public String surface() {
    return "search." + type.table();
  }

  @Override
  public List<CorruptEntry> spoil(int rows, SplittableRandom random) {
    List<CorruptEntry> spoiled = new ArrayList<>();
    List<Target> found = targets.found(type, rows, random);
    int added = 0;
    for (Target target : found) {
      Id id = target.id();
      Optional<JsonNode> shown =
          document(id).filter(document -> !document.path("hidden").asBoolean());
      if (shown.isEmpty()) {
        continue; // on its way to the index, or to be hidden
      }
      switch (random.nextInt(3)) {
        case 0 -> spoiled.add(CorruptEntry.of(surface(), target, changed(id)));
        case 1 -> spoiled.add(CorruptEntry.of(surface(), target, deleted(id)));
        default -> {
          Target free = new Target(type, Corruption.unused(added++));
          spoiled.add(CorruptEntry.of(surface(), free, added(free.id(), shown.get())));
        }
      }
    }
    JsonNode unused = openSearch.ask("POST", "/" + index + "/_refresh", "");
    return spoiled;
  }

  private Optional<JsonNode> document(Id id) {
    return openSearch.askIfThere("GET", path("_doc", id), "").map(answer -> answer.path("_source"));
  }

  private String changed(Id id) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("doc").put(type.textColumn(), "spoiled by hand");
    return state("POST", path("_update", id), body.toString());
  }

  private String deleted(Id id) {
    Optional<JsonNode> unused = openSearch.askIfThere("DELETE", path("_doc", id), "");
    return ABSENT;
  }

  private String added(Id id, JsonNode of) {
    ObjectNode body = of.deepCopy();
    body.set("id", IdJson.node(id));
    return state("PUT", path("_doc", id), body.toString());
  }

  private String path(String what, Id id) {
    return "/" + index + "/" + what + "/" + id;
  }

  @Override
  public String read(CorruptEntry row) {
    return state("GET", path("_doc", row.id()), "");
  }

  /** Another number after each write. */
  private String state(String method, String path, String body) {
    return openSearch
        .askIfThere(method, path, body)
        .map(answer -> answer.path("_seq_no").asText())
        .orElse(ABSENT);
  }

  @Override
  public boolean isStillWrong(CorruptEntry row) {
    return Corruption.isUnused(row.id()) || targets.exists(row);
  }

  @Override
  public void close() {
    targets.close();
  }
}
