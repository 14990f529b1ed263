package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.CommandException;

/** Turns an error answer of Flink, whole stack traces long, into the sentence that matters. */
final class FlinkRefusal {
  private FlinkRefusal() {}

  static CommandException of(String request, int status, JsonNode body) {
    JsonNode errors = body.path("errors");
    String cause =
        errors.isEmpty() ? body.path("text").asText() : RootCause.of(errors.get(errors.size() - 1));
    if (status == 503) {
      return CommandException.unreachable(
          request + ": the cluster has no leading job manager at this moment.",
          "Wait some seconds and try again. If it lasts, see ./streams logs jobmanager.");
    }
    return CommandException.wrong(
        request + " was refused (" + status + "): " + cause,
        "The whole answer is in the job manager's log: ./streams logs jobmanager");
  }
}
