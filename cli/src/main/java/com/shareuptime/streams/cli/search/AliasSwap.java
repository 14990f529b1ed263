package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Points an alias to another index, in one step: a search finds all of one or all of the other. */
final class AliasSwap {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AliasSwap() {}

  /**
   * The request's body.
   *
   * @param from where the alias points now; the request fails if that is no longer so
   */
  static String request(String alias, Optional<String> from, String to) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode actions = request.putArray("actions");
    from.ifPresent(
        index ->
            actions
                .addObject()
                .putObject("remove")
                .put("index", index)
                .put("alias", alias)
                .put("must_exist", true));
    ObjectNode add = actions.addObject().putObject("add").put("index", to).put("alias", alias);
    // deleted documents, and those of authors who are away
    add.putObject("filter").putObject("term").put("hidden", false);
    return request.toString();
  }
}
