package com.shareuptime.streams.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  @TempDir private Path folder;
  private StackHome home;

  @BeforeEach
  void createHome() {
    home = new StackHome(folder.resolve("home"));
    home.create();
  }

  private ServerProcess start(String script) throws IOException {
    return ServerProcess.start(
        Server.REDIS, home, home.log(Server.REDIS), List.of("sh", "-c", script), Map.of());
  }

  @Test
  void aStalePidFileIsRemovedEvenIfItsPidIsInUseAgain() throws IOException {
    // our own pid, but started at another time: the pid of a dead server that was given anew
    Files.writeString(home.pid(Server.REDIS), ProcessHandle.current().pid() + " 1\n");

    assertThat(ServerProcess.running(Server.REDIS, home)).isEmpty();
    assertThat(home.pid(Server.REDIS)).doesNotExist();
  }

  @Test
  void aDamagedPidFileIsNamed() throws IOException {
    Files.writeString(home.pid(Server.REDIS), "no number");

    assertThatThrownBy(() -> ServerProcess.running(Server.REDIS, home))
        .hasMessageContaining(home.pid(Server.REDIS).toString());
  }

  @Test
  void aKilledServerTakesItsChildrenWithIt() throws IOException {
    ServerProcess process = start("sleep 600 & echo child $!; wait");
    Awaitility.await().until(() -> Files.readString(home.log(Server.REDIS)).endsWith("\n"));
    long child =
        Long.parseLong(Files.readString(home.log(Server.REDIS)).strip().replace("child ", ""));

    process.kill();

    assertThat(process.isAlive()).isFalse();
    assertThat(ServerProcess.running(Server.REDIS, home)).isEmpty();
    Awaitility.await()
        .until(() -> ProcessHandle.of(child).filter(ServerProcessTest::isNoZombie).isEmpty());
  }

  @Test
  void aServerThatIgnoresTheSignalIsKilledAfterAWhile() throws IOException {
    ServerProcess process = start("trap '' TERM; echo deaf; while true; do sleep 0.1; done");
    Awaitility.await().until(() -> Files.readString(home.log(Server.REDIS)).contains("deaf"));

    process.stop("TERM", Duration.ofMillis(300));

    assertThat(process.isAlive()).isFalse();
  }

  private static boolean isNoZombie(ProcessHandle process) {
    try {
      return !Files.readString(Path.of("/proc", process.pid() + "", "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }
}
