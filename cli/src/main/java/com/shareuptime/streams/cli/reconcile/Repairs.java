package com.shareuptime.streams.cli.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.server.ControlTopic;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.control.ControlJson;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.Correct;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.control.ControlMessage.Refresh;
import java.util.List;

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
    IdKinds kinds = Database.sink(settings).entities();
    List<ReconcileFinding> asked = findings.stream().map(Repairs::withRepair).toList();
    new ControlTopic(settings).send(asked.stream().map(one -> message(one, kinds)).toList());
    runs.repaired(asked);
    return asked;
  }

  static ReconcileFinding withRepair(ReconcileFinding finding) {
    return finding.withRepair(
        switch (owner(finding)) {
          case ControlMessage.FEEDS -> REBUILD;
          case ControlMessage.COUNTERS -> finding.asked() == null ? REFRESH : CORRECT;
          default -> REFRESH;
        });
  }

  /** What the owner reads. Where the tables have no row, the truth is null. */
  static ControlMessage message(ReconcileFinding finding, IdKinds kinds) {
    String[] key = finding.key().split(":", 2);
    if (finding.repair().equals(REBUILD)) {
      Id id = kinds.users().parse(key[1]);
      return key[0].equals("user") ? new RebuildFeed(id) : new RebuildTimeline(id);
    }
    Target.Type type = Target.Type.of(key[0]);
    Target target = new Target(type, kinds.of(type).parse(key[1]));
    if (finding.repair().equals(REFRESH)) {
      return new Refresh(owner(finding), target);
    }
    return new Correct(
        target,
        finding.version(),
        finding.kind().equals("extra") ? null : counts(finding.expected(), kinds),
        finding.kind().equals("missing") ? null : counts(finding.found(), kinds),
        kinds.countersOf(type));
  }

  private static Counts counts(String text, IdKinds kinds) {
    try {
      return ControlJson.counts(JSON.readTree(text), kinds);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("'" + text + "' of a finding are no counts", e);
    }
  }

  private static String owner(ReconcileFinding finding) {
    return finding.surface().substring(0, finding.surface().indexOf('.'));
  }
}
