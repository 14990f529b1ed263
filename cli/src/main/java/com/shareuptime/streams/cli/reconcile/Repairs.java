package com.shareuptime.streams.cli.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.ControlTopic;
import com.shareuptime.streams.cli.settings.Settings;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Asks the jobs that own rows to put them right: first to write again what they know; where that
 * was of no use, what they know is wrong, and they are told what the tables say.
 */
record Repairs(Settings settings, Runs runs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String REFRESH = "refresh";
  private static final String CORRECT = "correct";
  private static final String REBUILD = "rebuild";

  /** Asks for all of them; returns what was asked for. */
  List<ReconcileFinding> ask(List<ReconcileFinding> findings) {
    List<ReconcileFinding> asked = findings.stream().map(Repairs::withRepair).toList();
    new ControlTopic(settings)
        .<Void, RuntimeException>send(
            messages -> {
              asked.forEach(finding -> messages.accept(record(finding)));
              return null;
            });
    runs.repaired(asked);
    return asked;
  }

  static ReconcileFinding withRepair(ReconcileFinding finding) {
    return finding.withRepair(
        switch (owner(finding)) {
          case "feeds" -> REBUILD;
          case "counters" -> finding.asked() == null ? REFRESH : CORRECT;
          default -> REFRESH;
        });
  }

  static ProducerRecord<String, String> record(ReconcileFinding finding) {
    return new ProducerRecord<>(ControlTopic.NAME, finding.key(), message(finding).toString());
  }

  /** What the owner reads. Where the tables have no row, the truth is null. */
  private static ObjectNode message(ReconcileFinding finding) {
    String[] key = finding.key().split(":", 2);
    ObjectNode message = JSON.createObjectNode();
    message.put("job", owner(finding)).put("action", finding.repair());
    if (finding.repair().equals(REBUILD)) {
      message.put(key[0] + "_id", Long.parseLong(key[1]));
    } else {
      message.put("target", key[0]).put("target_id", Long.parseLong(key[1]));
    }
    if (finding.repair().equals(CORRECT)) {
      message.put("if_version", finding.version());
      message.set("truth", finding.kind().equals("extra") ? null : counts(finding.expected()));
      message.set("found", finding.kind().equals("missing") ? null : counts(finding.found()));
    }
    return message;
  }

  private static JsonNode counts(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("'" + text + "' of a finding are no counts", e);
    }
  }

  private static String owner(ReconcileFinding finding) {
    return finding.surface().substring(0, finding.surface().indexOf('.'));
  }
}
