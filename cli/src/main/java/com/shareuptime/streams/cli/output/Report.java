package com.shareuptime.streams.cli.output;

import picocli.CommandLine.Option;

/** Mixed into every command that reports. */
public final class Report {
  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  public boolean asJson() {
    return json;
  }
}
