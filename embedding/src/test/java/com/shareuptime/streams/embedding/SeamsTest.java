package com.shareuptime.streams.embedding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class SeamsTest {
  @Test
  void theModelKnowsNeitherFlinkNorAnythingElseOfOurs() {
    // the rule asks for names only: others' classes need not be read
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);

    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "com.shareuptime.streams.embedding",
            "com.fasterxml.jackson.core..",
            "ai.onnxruntime..",
            "java..")
        .check(new ClassFileImporter().importPath("target/classes"));
  }
}
