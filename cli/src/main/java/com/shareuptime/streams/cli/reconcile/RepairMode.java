package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.output.Question;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Who decides on repairs. */
enum RepairMode {
  NONE,
  ASK,
  AUTO;

  /** By its name in lower case. */
  static final class Converter implements ITypeConverter<RepairMode> {
    @Override
    public RepairMode convert(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether so many repairs may be asked for; asks the operator where that is his to say. */
  boolean allows(int repairs, int most, ReconcileView found, PrintWriter out) {
    if (this != ASK) {
      return repairs <= most;
    }
    return Question.saysYes(
        found.text() + System.lineSeparator(),
        "Ask the owners to repair %d rows?".formatted(repairs),
        out);
  }

  /** The same of rows whose texts are to be taken from the tables. */
  boolean allowsFilling(int rows, int most, PrintWriter out) {
    if (this != ASK) {
      return this == AUTO && rows <= most;
    }
    return Question.saysYes(
        "", "Fill what surfaces lack of %d rows from the tables?".formatted(rows), out);
  }

  /** Why nothing is repaired. */
  String refusal(int repairs, int most) {
    return this == ASK
        ? "Nothing was repaired: nobody said yes."
        : ("Nothing was repaired: %d rows are wrong, more than --max-repairs %d. That is an incident:"
                + " look for its cause first, see docs/reconcile.md.")
            .formatted(repairs, most);
  }
}
