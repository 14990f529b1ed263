package com.shareuptime.streams.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which part of the job may know which. */
class SeamsTest {
  private static final String OURS = "com.shareuptime.streams.";
  private static final String JOB = OURS + "ingest.";

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    // the rules ask for names only: others' classes need not be read
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    classes = new ClassFileImporter().importPath("target/classes");
  }

  @Test
  void theJobKnowsNoOtherJobAndNoTool() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            OURS + "counters..", OURS + "local..", OURS + "cli..", OURS + "proof..", OURS + "sql..")
        .check(classes);
  }

  @Test
  void onlyTheSlotKnowsTheConnector() {
    noClasses()
        .that()
        .resideOutsideOfPackage(JOB + "slot")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink.cdc..", "io.debezium..")
        .check(classes);
  }

  @Test
  void theSlotKnowsNoTopic() {
    noClasses()
        .that()
        .resideInAnyPackage(JOB + "slot", JOB + "check", JOB + "heartbeat", JOB + "mapping")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JOB + "topic", "org.apache.kafka.clients.producer..")
        .check(classes);
  }

  @Test
  void theJobWritesNoReadModel() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(OURS + "sink..", OURS + "progress..", "redis.clients..")
        .check(classes);
  }

  /** What tools ask databases with, a job would have to carry on its class path. */
  @Test
  void theJobHasNoLibraryOfTools() {
    assertThatThrownBy(() -> Class.forName("org.jdbi.v3.core.Jdbi"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(JOB + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
