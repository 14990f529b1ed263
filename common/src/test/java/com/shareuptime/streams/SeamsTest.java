package com.shareuptime.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package of common may know which. */
class SeamsTest {
  private static final String OURS = "com.shareuptime.streams.";

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    // the rules ask for names only: others' classes need not be read
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    classes = new ClassFileImporter().importPath("target/classes");
  }

  @Test
  void commonKnowsNoJobAndNoTool() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "counters..",
            OURS + "ingest..",
            OURS + "local..",
            OURS + "cli..",
            OURS + "proof..",
            OURS + "sql..")
        .check(classes);
  }

  @Test
  void whatTravelsKnowsNoSink() {
    noClasses()
        .that()
        .resideInAnyPackage(OURS + "cdc", OURS + "version", OURS + "serialization")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "sink..",
            OURS + "progress..",
            OURS + "deadletter..",
            "redis.clients..",
            "org.apache.kafka.clients.producer..")
        .check(classes);
  }

  @Test
  void optionsKnowNothingElseOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "option")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "cdc..",
            OURS + "deadletter..",
            OURS + "progress..",
            OURS + "serialization..",
            OURS + "sink..",
            OURS + "source..",
            OURS + "version..")
        .check(classes);
  }

  @Test
  void onlyTheRedisSinkSpeaksToRedis() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + "sink.redis")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.clients..")
        .check(classes);
  }

  @Test
  void sinksKnowNothingOfWhatTheyWrite() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "sink..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OURS + "cdc..", OURS + "progress..", OURS + "source..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(OURS + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
