package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.check.CheckFinding;
import com.shareuptime.streams.cli.check.CheckFinding.Verdict;
import com.shareuptime.streams.cli.check.Doctor;
import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<CheckFinding> findings = new Doctor(servers.settings()).examine();
    PrintWriter out = spec.commandLine().getOut();
    if (report.asJson()) {
      out.println(Output.json(findings));
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    return exitCode(findings);
  }

  private static void print(CheckFinding finding, PrintWriter out) {
    out.printf("%-11s %s: %s%n", finding.verdict(), finding.check(), finding.detail());
    if (finding.remedy() != null) {
      out.println("            -> " + finding.remedy());
    }
  }

  static int exitCode(List<CheckFinding> findings) {
    if (findings.stream().anyMatch(finding -> finding.verdict() == Verdict.UNREACHABLE)) {
      return CommandException.UNREACHABLE;
    }
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.WRONG)
        ? CommandException.WRONG
        : 0;
  }
}
