package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Which port each part of one stack has; remembered in its home while its data lives. */
public record Ports(Map<Port, Integer> byPart) {
  public static final int DEFAULT_BASE = 21_000;

  public Ports {
    byPart = Map.copyOf(byPart);
  }

  public int of(Port port) {
    return byPart.get(port);
  }

  /** Each port at its fixed offset from {@code base}. */
  public static Ports fromBase(int base) {
    if (base < 1024 || base > 65_500) {
      throw CommandException.usage(
          "STREAMS_PORT_BASE is " + base + ", which leaves no room for the stack's ports.",
          "Set it to a number from 1024 to 65500, e.g. STREAMS_PORT_BASE=" + DEFAULT_BASE + ".");
    }
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      ports.put(port, base + port.offset());
    }
    return new Ports(ports);
  }

  /** Ports that nothing listens on, and that no other stack draws while this JVM lives. */
  public static Ports free() {
    while (true) {
      Ports ports = fromBase(PortBlock.claim());
      if (ports.byPart.values().stream().allMatch(Ports::isFree)) {
        return ports;
      }
    }
  }

  /** Whether nothing listens on that port of the loopback address. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static Optional<Ports> load(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      String value = properties.getProperty(port.key());
      if (value != null) {
        ports.put(port, Integer.valueOf(value));
      } else if (ports.containsKey(Port.POSTGRES)) { // a part that an earlier version did not have
        ports.put(port, ports.get(Port.POSTGRES) - Port.POSTGRES.offset() + port.offset());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Ports(ports));
  }

  void store(Path file) {
    Properties properties = new Properties();
    byPart.forEach((port, number) -> properties.setProperty(port.key(), number.toString()));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "ports of this stack");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
