package com.shareuptime.streams.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command, the local stack and the migrations know the jobs as jars and by their contract. */
class SeamsTest {
  private static final String OURS = "com.shareuptime.streams.";

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    // the rules ask for names only: others' classes need not be read
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.shareuptime.streams");
  }

  @Test
  void toolsKnowNothingOfFlinkAndOfTheJobs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            OURS + "counters..",
            OURS + "ingest..",
            OURS + "cdc..",
            OURS + "version..",
            OURS + "serialization..",
            OURS + "option..",
            OURS + "source..",
            OURS + "sink..",
            OURS + "progress..",
            OURS + "deadletter..")
        .check(classes);
  }

  @Test
  void theStackDoesNotKnowTheCommand() {
    noClasses()
        .that()
        .resideInAnyPackage(OURS + "local..", OURS + "sql..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "cli..")
        .check(classes);
  }

  @Test
  void migrationsKnowNobody() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "sql..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "local..")
        .check(classes);
  }
}
