package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * With what a job is started: its arguments, from which state, how wide, under which name.
 *
 * @param mainClass which class of the jar starts it; where empty, the one that its manifest names
 */
public record JobStart(
    String name,
    Optional<String> mainClass,
    List<String> arguments,
    Optional<String> state,
    OptionalInt parallelism) {
  public JobStart {
    arguments = List.copyOf(arguments);
  }

  ObjectNode toJson() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    mainClass.ifPresent(type -> body.put("entryClass", type));
    arguments.forEach(body.putArray("programArgsList")::add);
    state.ifPresent(path -> body.put("savepointPath", path));
    parallelism.ifPresent(number -> body.put("parallelism", number));
    body.putObject("flinkConfiguration").put("pipeline.name", name);
    return body;
  }
}
