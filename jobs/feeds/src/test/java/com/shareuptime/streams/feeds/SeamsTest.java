package com.shareuptime.streams.feeds;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which part of the job may know which. */
class SeamsTest {
  private static final String OURS = "com.shareuptime.streams.";
  private static final String JOB = OURS + "feeds.";

  private static final DescribedPredicate<JavaClass> OPERATORS =
      resideInAnyPackage(
          JOB + "audience", JOB + "control", JOB + "fanout", JOB + "feed", JOB + "row");

  /** Classes without time, state or streams: tested by histories, not by a harness. */
  private static final String LOGIC =
      "Author|Posts|Reader|Followee|Filling|RowParser|DeliveryParser|FeedKeys|Ascii";

  /** What a value needs to have a serializer of its own. */
  private static final String SERIALIZER_BASE =
      "org\\.apache\\.flink\\.(core\\.memory\\.Data(In|Out)putView"
          + "|api\\.common\\.typeinfo\\.TypeInformation"
          + "|api\\.common\\.typeutils\\.TypeSerializer)";

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
            OURS + "ingest..", OURS + "local..", OURS + "cli..", OURS + "bench..", OURS + "sql..")
        .check(classes);
  }

  @Test
  void operatorsKnowNoClientLibrary() {
    noClasses()
        .that(OPERATORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "org.postgresql..",
            "redis.clients..",
            "org.apache.kafka..",
            "org.apache.flink.connector..")
        .check(classes);
  }

  @Test
  void operatorsKnowNoStore() {
    noClasses()
        .that(OPERATORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JOB + "sink", JOB + "bootstrap", OURS + "sink..", OURS + "progress..")
        .check(classes);
  }

  @Test
  void plainLogicKnowsNoFlink() {
    noClasses()
        .that(nameMatching(".*\\.(" + LOGIC + ")(\\$.*)?"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.flink..")
                .and(DescribedPredicate.not(nameMatching(SERIALIZER_BASE))))
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(JOB + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
