package com.shareuptime.streams.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackHomeTest {
  @Test
  void thePasswordIsMadeOnceAndReadableByItsOwnerOnly(@TempDir Path folder) throws IOException {
    StackHome home = new StackHome(folder);
    home.create();
    String password = Files.readString(home.postgresPasswordFile());

    home.create();

    assertThat(Files.readString(home.postgresPasswordFile())).isEqualTo(password).hasSize(36);
    assertThat(Files.getPosixFilePermissions(home.postgresPasswordFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aDiskThatIsNearlyFullIsRefusedWithFigures(@TempDir Path folder) {
    assertThatThrownBy(() -> DiskSpace.require(folder, Long.MAX_VALUE))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("MiB free");
  }

  @Test
  void theTailOfALogIsItsLastLines(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("some.log");
    Files.writeString(log, "one\ntwo\nthree\n");

    assertThat(LogTail.lines(log, 2)).containsExactly("two", "three");
    assertThat(LogTail.describe(log, 2)).contains(log.toString(), "three").doesNotContain("one");
  }

  @Test
  void wipingLeavesWhatIsNotTheStacks(@TempDir Path folder) throws IOException {
    Path strangers = Files.writeString(folder.resolve("thesis.txt"), "years of work");
    StackHome home = new StackHome(folder);
    home.create();
    Files.writeString(home.log(Server.REDIS), "x");

    home.delete();

    assertThat(folder).isDirectoryContaining(path -> path.equals(strangers));
    assertThat(folder.resolve("logs")).doesNotExist();
    assertThat(home.postgresPasswordFile()).doesNotExist();
  }

  @Test
  void anotherSourceIsKnownToEveryCommandUntilItIsDetached(@TempDir Path folder)
      throws IOException {
    LocalStack stack = LocalStack.at(folder, Ports.fromBase(22_000));
    assertThat(stack.addresses().get(AddressKeys.SOURCE_URL)).isEqualTo(stack.postgresJdbcUrl());

    stack.home().source().attach("jdbc:postgresql://db:5432/shop", "ann", "geheim", true);

    assertThat(stack.addresses())
        .containsEntry(AddressKeys.SOURCE_URL, "jdbc:postgresql://db:5432/shop")
        .containsEntry(AddressKeys.SOURCE_USER, "ann")
        .containsEntry(AddressKeys.SINK_URL, stack.postgresJdbcUrl())
        .hasSize(9);
    Path password = Path.of(stack.addresses().get(AddressKeys.SOURCE_PASSWORD_FILE));
    assertThat(password).hasContent("geheim");
    assertThat(Files.getPosixFilePermissions(password))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(stack.home().source().path()).content().doesNotContain("geheim");
    assertThat(stack.home().source().isNew()).isTrue();
    stack.home().source().started();
    assertThat(stack.home().source().isNew()).isFalse();
    assertThat(stack.home().source().isAttached()).isTrue();

    stack.home().source().detach();

    assertThat(stack.home().source().exists()).isTrue();
    assertThat(stack.home().source().isAttached()).isFalse();
    assertThat(password).doesNotExist();
    assertThat(stack.addresses().get(AddressKeys.SOURCE_URL)).isEqualTo(stack.postgresJdbcUrl());
  }
}
