package com.shareuptime.streams.cli.check;

/**
 * What one check found.
 *
 * @param remedy the command or SQL that mends it; null where nothing is wrong
 */
public record Finding(String check, Verdict verdict, String detail, String remedy) {
  /** How bad it is; a warning does not make doctor fail. */
  public enum Verdict {
    OK,
    WARNING,
    WRONG,
    UNREACHABLE
  }

  static Finding ok(String check, String detail) {
    return new Finding(check, Verdict.OK, detail, null);
  }

  static Finding warning(String check, String detail, String remedy) {
    return new Finding(check, Verdict.WARNING, detail, remedy);
  }

  static Finding wrong(String check, String detail, String remedy) {
    return new Finding(check, Verdict.WRONG, detail, remedy);
  }

  static Finding unreachable(String check, String detail, String remedy) {
    return new Finding(check, Verdict.UNREACHABLE, detail, remedy);
  }
}
