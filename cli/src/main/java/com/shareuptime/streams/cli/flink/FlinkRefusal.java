package com.shareuptime.streams.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.http.HttpAnswer;
import java.io.IOException;

/** Turns an error answer of Flink, whole stack traces long, into the sentence that matters. */
final class FlinkRefusal {
  private FlinkRefusal() {}

  static CommandException of(String request, HttpAnswer answer) {
    if (answer.status() == 503) {
      return CommandException.unreachable(
          request + ": the cluster has no leading job manager at this moment.",
          "Wait some seconds and try again. If it lasts, see ./streams logs jobmanager.");
    }
    return CommandException.wrong(
        request + " was refused (" + answer.status() + "): " + cause(answer),
        "The whole answer is in the job manager's log: ./streams logs jobmanager");
  }

  private static String cause(HttpAnswer answer) {
    try {
      JsonNode errors = answer.json().path("errors");
      return errors.isEmpty() ? "" : RootCause.of(errors.get(errors.size() - 1));
    } catch (IOException e) {
      return answer.text();
    }
  }
}
