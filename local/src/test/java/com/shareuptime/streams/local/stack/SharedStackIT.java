package com.shareuptime.streams.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The stack that tests share must not outlive their JVM, whatever that dies of. */
class SharedStackIT {

  /** Starts a shared stack, tells where it is, and waits to be killed. */
  static final class Victim {
    public static void main(String[] arguments) throws IOException {
      LocalStack stack = LocalStack.shared(EnumSet.of(Server.REDIS));
      System.out.println(stack.home().root() + " " + stack.pid(Server.REDIS).orElseThrow());
      System.in.read();
    }
  }

  @Test
  void itsServersDieWithAKilledJvm() throws IOException {
    Process victim =
        new ProcessBuilder(
                ServerPrograms.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = victim.inputReader()) {
      String[] told = out.readLine().split(" ");
      long redis = Long.parseLong(told[1]);
      assertThat(ProcessHandle.of(redis)).isPresent();

      victim.destroyForcibly();

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ProcessHandle.of(redis).isEmpty() && Files.notExists(Path.of(told[0])));
    }
  }
}
