package com.shareuptime.streams.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.proof.stack.OtherTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoModelTest {
  private static final Path MODELS = Installation.find().root().resolve("models");

  @Test
  void everyFolderOfModelsIsADemo() throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(MODELS)) {
      folders = all.filter(Files::isDirectory).toList();
    }
    assertThat(folders).hasSizeGreaterThan(1);
    for (Path folder : folders) {
      DemoModel demo = DemoModel.read(folder);
      OtherTables tables = demo.installed().orElseThrow();

      assertThat(tables.schema()).contains("create table");
      assertThat(Model.parse(tables.model().text()).entities()).isNotEmpty();
    }
  }

  @Test
  void reelsAreThoseOfTheFile() {
    assertThat(DemoModel.canonical().traffic().hasReels()).isTrue();
    assertThat(DemoModel.canonical().installed()).isEmpty();
    assertThat(DemoModel.read(MODELS.resolve("shareuptime-uuid")).traffic().hasReels()).isFalse();
  }

  @Test
  void aFolderWithoutItsFilesIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> DemoModel.read(folder))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("schema.sql");
    for (String file : List.of("schema.sql", "model.sql")) {
      Files.copy(MODELS.resolve("shareuptime-uuid").resolve(file), folder.resolve(file));
    }
    assertThatThrownBy(() -> DemoModel.read(folder)).hasMessageContaining("traffic.sql");
  }
}
