package com.shareuptime.streams.proof.bench.feedcost;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Costs over thresholds as an SVG, both axes logarithmic. Brings a background of its own, light or
 * dark as the reader's browser wants it.
 *
 * @param curve by rising threshold
 * @param inUse the threshold to mark
 */
record CostPlot(List<Cost> curve, int inUse) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int LEFT = 80;
  private static final int RIGHT = 730;
  private static final int TOP = 50;
  private static final int BOTTOM = 415;

  /** What lies lower costs nothing beside the rest. */
  private static final int DECADES = 3;

  /** Between labels of curves, px. */
  private static final int LINE = 18;

  private static final String STYLE =
      """
      .paper { fill: #ffffff } .grid { stroke: #d8dee4 } .axis, .mark { stroke: #57606a }
      .mark { stroke-dasharray: 5 4 } .curve { fill: none; stroke-width: 2.5 }
      text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600 }
      .push { stroke: #0969da } .pull { stroke: #bc4c00 } .both { stroke: #24292f }
      @media (prefers-color-scheme: dark) {
        .paper { fill: #0d1117 } .grid { stroke: #30363d } .axis, .mark { stroke: #8b949e }
        text { fill: #e6edf3 }
        .push { stroke: #58a6ff } .pull { stroke: #f0883e } .both { stroke: #e6edf3 }
      }
      """;

  String svg() {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title">
        <title id="title">CPU time of Redis by celebrity threshold: pushes, pulls, and both</title>
        <style>
        %s</style>
        <rect class="paper" width="%d" height="%d"/>
        <text class="title" x="%d" y="28">CPU time of Redis, ms a second</text>
        %s%s%s%s<text x="%d" y="%d" text-anchor="middle">threshold, active followers</text>
        </svg>
        """
        .formatted(
            WIDTH,
            HEIGHT,
            STYLE,
            WIDTH,
            HEIGHT,
            LEFT,
            rows(),
            columns(),
            mark(),
            curves(),
            (LEFT + RIGHT) / 2,
            HEIGHT - 18);
  }

  private String rows() {
    StringBuilder lines = new StringBuilder();
    for (int power = bottomPower(); power <= bottomPower() + DECADES; power++) {
      double y = y(Math.pow(10, power));
      lines.append(line("grid", LEFT, y, RIGHT, y));
      lines.append(label(LEFT - 8, y + 4, "end", number(Math.pow(10, power) / 1e3)));
    }
    return lines.toString();
  }

  private String columns() {
    StringBuilder lines = new StringBuilder();
    for (double at = first(); at <= last(); at *= 10) {
      lines.append(line("grid", x(at), TOP, x(at), BOTTOM));
      lines.append(label(x(at), BOTTOM + 20, "middle", number(at)));
    }
    return lines + line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
  }

  private String mark() {
    if (inUse < first() || inUse > last()) {
      return "";
    }
    return line("mark", x(inUse), TOP - 8, x(inUse), BOTTOM)
        + label(x(inUse) + 6, TOP - 2, "start", "in use: " + number(inUse));
  }

  private String curves() {
    return curve("both", "both", Cost::totalMicros, -1)
        + curve("push", "pushes into feeds", Cost::writeMicros, 0)
        + curve("pull", "pulls by readers", Cost::readMicros, 0);
  }

  /**
   * @param shift of the label, in lines, as curves end close to each other
   */
  private String curve(String style, String name, ToDoubleFunction<Cost> micros, int shift) {
    List<Cost> shown =
        curve.stream().filter(cost -> micros.applyAsDouble(cost) >= bottom()).toList();
    if (shown.isEmpty()) {
      return "";
    }
    String points =
        shown.stream()
            .map(cost -> format("%.1f,%.1f", x(cost.threshold()), y(micros.applyAsDouble(cost))))
            .collect(Collectors.joining(" "));
    Cost end = shown.get(shown.size() - 1);
    return format("<polyline class=\"curve %s\" points=\"%s\"/>%n", style, points)
        + label(
            x(end.threshold()) + 8, y(micros.applyAsDouble(end)) + 4 + shift * LINE, "start", name);
  }

  private double x(double threshold) {
    return LEFT + (RIGHT - LEFT) * Math.log(threshold / first()) / Math.log(last() / first());
  }

  private double y(double micros) {
    return BOTTOM - (BOTTOM - TOP) * Math.log10(micros / bottom()) / DECADES;
  }

  private double first() {
    return curve.get(0).threshold();
  }

  /** More than the first, so that a graph without celebrities has an axis too. */
  private double last() {
    return Math.max(10 * first(), curve.get(curve.size() - 1).threshold());
  }

  private double bottom() {
    return Math.pow(10, bottomPower());
  }

  private int bottomPower() {
    double most = curve.stream().mapToDouble(Cost::totalMicros).max().orElse(1);
    return (int) Math.ceil(Math.log10(most)) - DECADES;
  }

  private static String line(String style, double x1, double y1, double x2, double y2) {
    return format(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
        style, x1, y1, x2, y2);
  }

  private static String label(double x, double y, String anchor, String text) {
    return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
  }

  private static String number(double value) {
    return value >= 1 ? format("%,.0f", value) : format("%s", value);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
