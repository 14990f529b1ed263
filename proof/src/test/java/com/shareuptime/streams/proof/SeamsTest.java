package com.shareuptime.streams.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Installation;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What judges the product stands beside it: it runs the jobs as jars, and nothing knows it. */
class SeamsTest {
  private static final String OURS = "com.shareuptime.streams.";

  private static final Pattern ASKS_THE_PRODUCT =
      Pattern.compile(
          "\\b(from|join)\\s+(public|streams_model)\\.(users|posts|reels|follows|likes|comments|shares|%|\")");

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
  void theProductDoesNotKnowItsProof() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + "proof..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "proof..")
        .check(classes);
  }

  @Test
  void proofKnowsNothingOfFlinkAndOfTheJobs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..", OURS + "cdc..", OURS + "version..", OURS + "sink..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(OURS + "proof.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void oneNameStandsForOneClass() throws IOException {
    Map<String, List<Path>> files =
        sources().stream()
            .filter(path -> !path.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(path -> path.getFileName().toString()));
    assertThat(files).isNotEmpty();
    files.values().removeIf(paths -> paths.size() == 1);
    assertThat(files).isEmpty();
  }

  /** What fills the tables, or measures Postgres alone, reads them too. */
  @Test
  void theContractAndOneOracleAloneAskTheProductsTables() throws IOException {
    Set<String> asking = new TreeSet<>();
    for (Path source : sources()) {
      if (ASKS_THE_PRODUCT.matcher(Files.readString(source)).find()) {
        asking.add(source.getParent().getFileName() + "/" + source.getFileName());
      }
    }
    assertThat(asking)
        .containsExactlyInAnyOrder(
            "bootstrap/BootstrapSpread.java", // how many rows there are, about
            "truth/CountQueries.java",
            "truth/DocumentQueries.java",
            "truth/FeedQueries.java",
            "truth/TargetColumn.java",
            "truth/UserQueries.java",
            "check/FeedTruth.java",
            "check/SearchTruth.java",
            "check/TrendingCheck.java",
            "check/Truth.java",
            "traffic/Change.java",
            "traffic/FirstIds.java",
            "drill/RestingPosts.java",
            "feeds/BarePages.java",
            "reconcile/ProductTables.java",
            "syntax/SelectReader.java"); // says what to write
  }

  @Test
  void theOracleIsWrittenOnItsOwn() {
    noClasses()
        .that()
        .resideInAPackage(OURS + "proof.check")
        .and()
        .haveNameMatching(".*Truth")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + "contract.truth")
        .check(classes);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(Installation.find().root())) {
      return all.filter(path -> path.toString().contains("/src/main/java/"))
          .filter(path -> path.toString().endsWith(".java"))
          .toList();
    }
  }
}
