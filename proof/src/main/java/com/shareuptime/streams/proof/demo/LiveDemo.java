package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.console.LiveStatus;
import com.shareuptime.streams.proof.console.TerminalView;
import com.shareuptime.streams.proof.stack.Bringup;
import com.shareuptime.streams.proof.traffic.CommitListener;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.Simulator;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import java.io.PrintWriter;
import java.util.Locale;

/** Traffic and a live view of it until Ctrl-C or the last of {@code --events}. */
final class LiveDemo {
  private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
  private static final String OWN_SCREEN = "\u001b[?25h\u001b[?1049l";
  private static final int LINE_EVERY_LOOKS = 5;

  private final RunningStack running;
  private final DemoModel model;
  private final TrafficOptions options;
  private final PrintWriter out;
  private final boolean terminal = System.console() != null;
  private int looks;

  LiveDemo(RunningStack running, DemoModel model, TrafficOptions options, PrintWriter out) {
    this.running = running;
    this.model = model;
    this.options = options;
    this.out = out;
  }

  int run() throws InterruptedException {
    Bringup bringup =
        new Bringup(running.stack(), this::say, DemoFeeds.settings(), model.installed());
    bringup.withoutJobs(Server.STANDARD);
    Product product = Product.of(running.addresses(), model.traffic());
    Simulator simulator = running.add(new Simulator(product, options, CommitListener.NONE));
    simulator.prepare();
    bringup.jobs();
    if (terminal) {
      out.print(OTHER_SCREEN);
    }
    running.add(this::leave);
    Observation.start(running, product, simulator.stats(), this::show);
    simulator.run();
    return 0;
  }

  private void show(LiveStatus status) {
    if (terminal) {
      out.print(TerminalView.HOME + TerminalView.render(status));
    } else if (looks++ % LINE_EVERY_LOOKS == 0) {
      out.println(line(status));
    }
    out.flush();
  }

  private void leave() {
    if (terminal) {
      out.print(OWN_SCREEN);
    }
    say("stopping everything; the data is kept until the next demo");
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  /** For a pipe or a log file. */
  static String line(LiveStatus status) {
    StringBuilder lags = new StringBuilder();
    status
        .surfaces()
        .forEach(
            surface ->
                lags.append(", ")
                    .append(surface.surface())
                    .append(
                        surface.lagMillis() < 0
                            ? " starting"
                            : " lag " + surface.lagMillis() + " ms"));
    return String.format(
        Locale.ROOT,
        "%,.0f events/s, %,.0f rows/s%s, %,d dead letters%s",
        status.rates().eventsPerSecond(),
        status.rates().rowsPerSecond(),
        lags,
        status.deadLetters().values().stream().mapToLong(Long::longValue).sum(),
        status.away().isEmpty() ? "" : ", away: " + String.join(", ", status.away()));
  }
}
