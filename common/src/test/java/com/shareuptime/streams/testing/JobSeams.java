package com.shareuptime.streams.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which part of a job may know which. Each job's test says what its parts are. */
public abstract class JobSeams {
  private static final String OURS = "com.shareuptime.streams.";

  /** What a value needs to have a serializer of its own. */
  private static final String SERIALIZER_BASE =
      "org\\.apache\\.flink\\.(core\\.memory\\.Data(In|Out)putView"
          + "|api\\.common\\.typeinfo\\.TypeInformation"
          + "|api\\.common\\.typeutils\\.TypeSerializer)";

  private static JavaClasses classes;

  private final String job;
  private final DescribedPredicate<JavaClass> operators;
  private final String logic;

  /**
   * @param job the package of the job below ours
   * @param operators the packages below it that hold operators
   * @param logic classes without time, state or streams: tested by histories, not by a harness
   */
  protected JobSeams(String job, List<String> operators, List<String> logic) {
    this.job = OURS + job + ".";
    this.operators =
        resideInAnyPackage(operators.stream().map(name -> this.job + name).toArray(String[]::new));
    this.logic = String.join("|", logic);
  }

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
            OURS + "ingest..", OURS + "local..", OURS + "cli..", OURS + "proof..", OURS + "sql..")
        .check(classes);
  }

  @Test
  void operatorsKnowNoClientLibrary() {
    noClasses()
        .that(operators)
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
        .that(operators)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(job + "sink", job + "bootstrap", OURS + "sink..", OURS + "progress..")
        .check(classes);
  }

  @Test
  void plainLogicKnowsNoFlink() {
    noClasses()
        .that(nameMatching(".*\\.(" + logic + ")(\\$.*)?"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.flink..")
                .and(DescribedPredicate.not(nameMatching(SERIALIZER_BASE))))
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
    slices().matching(job + "(*)..").should().beFreeOfCycles().check(classes);
  }
}
