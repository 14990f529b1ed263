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
    boolean isKnownWrong = finding.asked() != null && finding.surface().startsWith("counters.");
    return new Finding(
        finding.id(),
        finding.surface(),
        finding.key(),
        finding.kind(),
        finding.expected(),
        finding.found(),
        finding.version(),
        finding.lsn(),
        finding.asked(),
        isKnownWrong ? CORRECT : REFRESH);
  }

  private static ProducerRecord<String, String> message(Finding finding) {
    String[] key = finding.key().split(":", 2);
    List<String> fields = new ArrayList<>();
    fields.add("\"job\":\"%s\"".formatted(owner(finding.surface())));
    fields.add("\"action\":\"%s\"".formatted(finding.repair()));
    fields.add("\"target\":\"%s\"".formatted(key[0]));
    fields.add("\"target_id\":" + key[1]);
    if (finding.repair().equals(CORRECT)) {
      fields.add("\"if_version\":" + finding.version());
      fields.add("\"truth\":" + finding.expected());
    }
    return new ProducerRecord<>(
        ControlTopic.NAME, finding.key(), "{" + String.join(",", fields) + "}");
  }

  private static String owner(String surface) {
    return surface.substring(0, surface.indexOf('.'));
  }
}
