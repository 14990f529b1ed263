package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.check.ControlTopic;
import com.shareuptime.streams.cli.job.Settings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Asks the jobs that own rows to put them right: first to write again what they know; where that
 * was of no use, what they know is wrong, and they are told what the tables say.
 */
record Repairs(Settings settings, Runs runs) {
  private static final String REFRESH = "refresh";
  private static final String CORRECT = "correct";
  private static final String REBUILD = "rebuild";

  /** Asks for all of them; returns what was asked for. */
  List<Finding> ask(List<Finding> findings) {
    List<Finding> asked = findings.stream().map(Repairs::withRepair).toList();
    new ControlTopic(settings)
        .<Void, RuntimeException>send(
            messages -> {
              asked.forEach(finding -> messages.accept(message(finding)));
              return null;
            });
    runs.repaired(asked);
    return asked;
  }

  private static Finding withRepair(Finding finding) {
    return finding.withRepair(
        switch (owner(finding)) {
          case "feeds" -> REBUILD;
          case "counters" -> finding.asked() == null ? REFRESH : CORRECT;
          default -> REFRESH;
        });
  }

  private static ProducerRecord<String, String> message(Finding finding) {
    String[] key = finding.key().split(":", 2);
    List<String> fields = new ArrayList<>();
    fields.add("\"job\":\"%s\"".formatted(owner(finding)));
    fields.add("\"action\":\"%s\"".formatted(finding.repair()));
    if (finding.repair().equals(REBUILD)) {
      fields.add("\"%s_id\":%s".formatted(key[0], key[1]));
    } else {
      fields.add("\"target\":\"%s\"".formatted(key[0]));
      fields.add("\"target_id\":" + key[1]);
    }
    if (finding.repair().equals(CORRECT)) {
      fields.add("\"if_version\":" + finding.version());
      fields.add("\"truth\":" + finding.expected());
      if (finding.found().startsWith("{")) { // else the surface showed no counts
        fields.add("\"found\":" + finding.found());
      }
    }
    return new ProducerRecord<>(
        ControlTopic.NAME, finding.key(), "{" + String.join(",", fields) + "}");
  }

  private static String owner(Finding finding) {
    return finding.surface().substring(0, finding.surface().indexOf('.'));
  }
}
