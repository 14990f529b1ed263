package com.shareuptime.streams.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @Test
  void everyPortHasItsFixedPlaceAboveTheBase() {
    Ports ports = Ports.fromBase(50_000);

    assertThat(ports.of(Port.POSTGRES)).isEqualTo(50_000);
    assertThat(ports.of(Port.FLINK_REST)).isEqualTo(50_005);
    assertThat(ports.byPart().values()).doesNotHaveDuplicates();
  }

  @Test
  void freePortsAreAllDifferentAlsoThoseOfSeveralStacks() {
    List<Integer> ports = new ArrayList<>();
    for (int stack = 0; stack < 20; stack++) {
      ports.addAll(Ports.free().byPart().values());
    }

    assertThat(ports).doesNotHaveDuplicates().hasSize(20 * Port.values().length);
  }

  /** Another JVM would draw them while they wait for their servers. */
  @Test
  void freePortsAreLockedForOthers() throws IOException {
    int base = Ports.free().of(Port.POSTGRES);
    Path lock = PortBlock.FOLDER.resolve(base + ".lock");

    try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      assertThatThrownBy(file::tryLock).isInstanceOf(OverlappingFileLockException.class);
    }
  }

  @Test
  void aHomeRemembersItsPorts(@TempDir Path home) {
    Ports ports = Ports.free();
    Path file = home.resolve("ports.properties");

    ports.store(file);

    assertThat(Ports.load(file)).contains(ports);
  }

  @Test
  void aBaseWithoutRoomIsRefused() {
    assertThatThrownBy(() -> Ports.fromBase(65_530))
        .hasMessageContaining("STREAMS_PORT_BASE is 65530");
  }

  @Test
  void aListenedPortIsNotFreeAndItsOwnerIsKnown() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
      assertThat(PortOwner.describe(socket.getLocalPort()))
          .contains("process " + ProcessHandle.current().pid());
    }
  }
}
