package com.shareuptime.streams.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a service gets with the reader: as little as may be. */
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
  void theReaderKnowsOfOursTheContractAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            OURS + "proof..",
            OURS + "cdc..",
            OURS + "cli..",
            OURS + "feeds..",
            OURS + "local..",
            OURS + "sink..",
            OURS + "sql..")
        .check(classes);
  }

  @Test
  void onlyTheSenderOfRequestsKnowsKafka() {
    noClasses()
        .that()
        .doNotHaveSimpleName("KafkaRebuildRequests")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(classes);
  }

  @Test
  void theAlgorithmKnowsNoDatabase() {
    noClasses()
        .that()
        .haveNameMatching(".*\\.(PageReader|StoredFeed.*|FeedPage.*)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "redis.clients.jedis")
        .check(classes);
  }
}
