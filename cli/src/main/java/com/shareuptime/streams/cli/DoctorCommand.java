package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.check.CheckFinding;
import com.shareuptime.streams.cli.check.CheckFinding.Verdict;
import com.shareuptime.streams.cli.check.Doctor;
import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.CommandException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = {
      "Examine the servers that the jobs need, and print the command or SQL that"
          + " fixes each problem.",
      "Changes nothing."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ServersMixin servers;
  @Mixin private Report report;

  @Override
  public Integer call() {
    List<CheckFinding> findings = new Doctor(servers.settings()).examine();
    report.print(findings, () -> text(findings));
    return exitCode(findings);
  }

  private static String text(List<CheckFinding> findings) {
    return findings.stream()
        .map(CheckFinding::text)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  static int exitCode(List<CheckFinding> findings) {
    List<Verdict> verdicts = findings.stream().map(CheckFinding::verdict).toList();
    return verdicts.contains(Verdict.UNREACHABLE)
        ? CommandException.UNREACHABLE
        : verdicts.contains(Verdict.WRONG) ? CommandException.WRONG : 0;
  }
}
