package com.shareuptime.streams.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command knows jobs as jars, stores by their contract, and no stack of its own. */
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
  void theCommandKnowsNoLocalStack() {
    noClasses()
        .that()
        .resideInAnyPackage(OURS + "cli..", OURS + "client..", OURS + "sql..", OURS + "contract..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "local..")
        .check(classes);
  }

  @Test
  void theStackDoesNotKnowTheCommand() {
    noClasses()
        .that()
        .resideInAnyPackage(
            OURS + "local..", OURS + "sql..", OURS + "client..", OURS + "contract..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "cli..")
        .check(classes);
  }

  @Test
  void whatModulesAgreeOnKnowsNoneOfThem() {
    noClasses()
        .that()
        .resideInAnyPackage(OURS + "contract..", OURS + "model..", OURS + "sql..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("com.shareuptime.streams..")
                .and(
                    not(resideInAnyPackage(OURS + "contract..", OURS + "model..", OURS + "sql.."))))
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cli.(**)", "local.(**)", "contract.(**)"})
  void packagesHaveNoCycles(String packages) {
    slices().matching(OURS + packages).should().beFreeOfCycles().check(classes);
  }
}
