package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.Violation;
import com.shareuptime.streams.proof.faults.FailureDetector.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one fault went. Times in seconds; after the fault's end where it is not said otherwise.
 *
 * @param what was drawn for it
 * @param signals what showed it, in order, after its beginning
 * @param operator what was typed
 * @param passed when every surface had passed a commit made after its end; −1 if not in time
 * @param right when the comparison of every surface began that showed no difference; −1 if not in
 *     time
 * @param promises what readers saw that they must not see, by surface
 * @param forgiven the same where the fault itself had taken away what was served
 * @param failure why the trial could not be carried through; empty if it was
 */
record Outcome(
    int number,
    String kind,
    String what,
    String at,
    double lasted,
    List<Signal> signals,
    List<String> operator,
    double passed,
    double right,
    List<SurfaceResult> surfaces,
    Map<String, Map<Violation, Long>> promises,
    Map<String, Map<Violation, Long>> forgiven,
    long ownWrites,
    long staleOwnWrites,
    long unansweredOwnWrites,
    List<String> examples,
    String failure) {

  boolean isRight() {
    return failure.isEmpty() && right >= 0 && brokenPromises() == 0;
  }

  /** Rows, documents and entries that were wrong, missing or too many at the end. */
  long differences() {
    return surfaces.stream()
        .mapToLong(one -> one.wrong() + one.missing() + one.extra() + one.outOfOrder())
        .sum();
  }

  long compared() {
    return surfaces.stream().mapToLong(SurfaceResult::compared).sum();
  }

  long brokenPromises() {
    return staleOwnWrites
        + unansweredOwnWrites
        + promises.values().stream()
            .flatMap(of -> of.values().stream())
            .mapToLong(Long::longValue)
            .sum();
  }

  String detection() {
    return signals.isEmpty() ? "nothing" : signals.get(0).words();
  }

  String line() {
    StringBuilder line =
        new StringBuilder(
            String.format(Locale.ROOT, "#%d %s (%s) lasted %.1f s; ", number, kind, what, lasted));
    line.append(
        signals.isEmpty()
            ? "nothing showed it; "
            : String.format(
                Locale.ROOT, "%s, after %.1f s; ", detection(), signals.get(0).seconds()));
    line.append(
        passed < 0 ? "NOT PASSED; " : String.format(Locale.ROOT, "passed %.1f s, ", passed));
    line.append(
        right < 0 ? "NOT RIGHT; " : String.format(Locale.ROOT, "right %.1f s later; ", right));
    line.append("operator: ").append(operator.isEmpty() ? "none" : String.join("; ", operator));
    line.append(
        String.format(
            Locale.ROOT,
            "; %,d compared, %d differ; %d own writes, %d promises broken",
            compared(),
            differences(),
            ownWrites,
            brokenPromises()));
    if (brokenPromises() > 0) {
      line.append(
          ": %s, own writes %d stale, %d unanswered"
              .formatted(promises, staleOwnWrites, unansweredOwnWrites));
    }
    if (!failure.isEmpty()) {
      line.append("; FAILED: ").append(failure);
    }
    return line.toString();
  }
}
