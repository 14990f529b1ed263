package com.shareuptime.streams.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class SeamsTest {
  private static final String PACKAGE = "com.shareuptime.streams.model";

  private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

  @Test
  void packagesHaveNoCycles() {
    slices().matching(PACKAGE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheSyntaxKnowsTheParser() {
    noClasses()
        .that()
        .resideOutsideOfPackage(PACKAGE + ".syntax")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.sf.jsqlparser..")
        .check(CLASSES);
  }

  @Test
  void noPartKnowsTheWholeModel() {
    noClasses()
        .that()
        .resideInAPackage(PACKAGE + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PACKAGE)
        .check(CLASSES);
  }
}
