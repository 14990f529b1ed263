package com.shareuptime.streams.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private ServerSocket echo;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::serve);
    server.setDaemon(true);
    server.start();
    proxy = TcpProxy.to(echo.getLocalPort());
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket client = echo.accept();
        Thread worker =
            new Thread(
                () -> {
                  try (client) {
                    long unused = client.getInputStream().transferTo(client.getOutputStream());
                  } catch (IOException e) {
                    // the client is gone
                  }
                });
        worker.setDaemon(true);
        worker.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void bytesPassBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void whatIsDelayedComesLate() throws IOException {
    try (Socket client = connect()) {
      proxy.delay(Duration.ofMillis(150));
      long begin = System.nanoTime();
      assertThat(ask(client, "late")).isEqualTo("late");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
    }
  }

  @Test
  void aResetEndsWhatIsOpenAndNothingElse() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "one")).isEqualTo("one");
      proxy.resetAll();
      assertThatThrownBy(() -> ask(client, "two")).isInstanceOf(IOException.class);
    }
    try (Socket client = connect()) {
      assertThat(ask(client, "three")).isEqualTo("three");
    }
  }

  @Test
  void aConnectionThatLostBytesStaysSilentForEver() throws IOException {
    try (Socket client = connect();
        Socket idle = connect()) {
      assertThat(ask(client, "one")).isEqualTo("one");
      proxy.swallow(true);
      assertThatThrownBy(() -> ask(client, "two")).isInstanceOf(SocketTimeoutException.class);
      proxy.swallow(false);
      assertThatThrownBy(() -> ask(client, "three")).isInstanceOf(SocketTimeoutException.class);
      assertThat(ask(idle, "four")).as("lost nothing").isEqualTo("four");
    }
  }

  @Test
  void whereNobodyListensTheClientIsTold() throws IOException {
    // not the echo's port: an accept under way may still take one client after the close
    int unused;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = closed.getLocalPort();
    }
    proxy.close();
    proxy = TcpProxy.to(unused);
    try (Socket client = connect()) {
      assertThatThrownBy(() -> ask(client, "anybody?")).isInstanceOf(IOException.class);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(1_000);
    return client;
  }

  private static String ask(Socket client, String words) throws IOException {
    client.getOutputStream().write(words.getBytes(UTF_8));
    byte[] answer = client.getInputStream().readNBytes(words.length());
    if (answer.length < words.length()) {
      throw new IOException("closed after " + answer.length + " bytes");
    }
    return new String(answer, UTF_8);
  }
}
