package com.shareuptime.streams.reconcile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Which part of the job may know which. */
class SeamsTest {
  private static final String JOB = "com.shareuptime.streams.reconcile.";

  private final JavaClasses classes = new ClassFileImporter().importPath("target/classes");

  @Test
  void howAProofIsMadeKnowsNoSurfaceAndNothingOfFlink() {
    noClasses()
        .that()
        .resideInAPackage(JOB + "compare")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            JOB + "counter..",
            JOB + "feed..",
            JOB + "document..",
            "org.apache.flink..",
            "redis.clients..")
        .check(classes);
  }

  @Test
  void aSurfaceKnowsNothingOfFlink() {
    noClasses()
        .that()
        .resideInAnyPackage(JOB + "counter", JOB + "feed", JOB + "document")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(JOB + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
