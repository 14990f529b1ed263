package com.shareuptime.streams.cli.check;

/**
 * What one check found.
 *
 * @param remedy the command or SQL that mends it; null where nothing is wrong
 */
public record CheckFinding(String check, Verdict verdict, String detail, String remedy) {
  /** How bad it is; a warning does not make doctor fail. */
  public enum Verdict {
    OK,
    WARNING,
    WRONG,
    UNREACHABLE
  }

  /** For people. */
  public String text() {
    String found = "%-11s %s: %s".formatted(verdict, check, detail);
    return remedy == null ? found : "%s%n            -> %s".formatted(found, remedy);
  }

  static CheckFinding ok(String check, String detail) {
    return new CheckFinding(check, Verdict.OK, detail, null);
  }

  static CheckFinding warning(String check, String detail, String remedy) {
    return new CheckFinding(check, Verdict.WARNING, detail, remedy);
  }

  static CheckFinding wrong(String check, String detail, String remedy) {
    return new CheckFinding(check, Verdict.WRONG, detail, remedy);
  }

  static CheckFinding unreachable(String check, String detail, String remedy) {
    return new CheckFinding(check, Verdict.UNREACHABLE, detail, remedy);
  }
}
