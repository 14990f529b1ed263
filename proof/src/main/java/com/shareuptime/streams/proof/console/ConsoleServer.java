package com.shareuptime.streams.proof.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.shareuptime.streams.cli.output.CountsJson;
import com.shareuptime.streams.proof.thread.Daemon;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The console for a browser: the page at {@code /}, what it shows at {@code /status.json}. Listens
 * on the loopback address only.
 */
public final class ConsoleServer implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .registerModule(CountsJson.module());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, Daemon.named("console"));
  private final byte[] page;
  private final AtomicReference<byte[]> status = new AtomicReference<>("{}".getBytes(UTF_8));

  public ConsoleServer(int port) throws IOException {
    page = resource("console.html");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** The port that it listens on, also if it was told to take any. */
  public int port() {
    return server.getAddress().getPort();
  }

  public void show(LiveStatus now) throws IOException {
    status.set(JSON.writeValueAsBytes(now));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> send(exchange, 200, "text/html; charset=utf-8", page);
        case "/status.json" -> send(exchange, 200, "application/json", status.get());
        default ->
            send(exchange, 404, "text/plain", "Not here; the console is at /".getBytes(UTF_8));
      }
    }
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ConsoleServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
