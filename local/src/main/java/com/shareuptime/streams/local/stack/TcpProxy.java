package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes connections on to a port of this machine, and spoils them on demand: late, reset, or
 * half-open, where bytes vanish and nobody is told.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int CONNECT_MILLIS = 2_000;

  /** Both ends of one connection; what has lost a byte never passes another. */
  private static final class Link {
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean dead;

    Link(Socket client) {
      this.client = client;
    }

    void reset() {
      for (Socket socket : new Socket[] {client, server}) {
        try {
          socket.setSoLinger(true, 0); // RST instead of FIN
          socket.close();
        } catch (IOException e) {
          // it is closed, which is all that was wanted
        }
      }
    }

    void close() {
      for (Socket socket : new Socket[] {client, server}) {
        try {
          socket.close();
        } catch (IOException e) {
          // as above
        }
      }
    }
  }

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile long delayMillis;
  private volatile boolean swallowing;

  private TcpProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a free port of the loopback address. */
  public static TcpProxy to(int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    TcpProxy proxy =
        new TcpProxy(new ServerSocket(0, 200, here), new InetSocketAddress(here, port));
    start("accept", proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Holds each piece back for so long, in both directions. */
  public void delay(Duration time) {
    delayMillis = time.toMillis();
  }

  /**
   * From now on bytes vanish. Connections that have lost some stay so when this has ended; others
   * and new ones pass again.
   */
  public void swallow(boolean on) {
    swallowing = on;
  }

  /** Ends every connection with a reset. */
  public void resetAll() {
    links.forEach(Link::reset);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Link link = new Link(listener.accept());
        links.add(link);
        start("link", () -> open(link));
      } catch (IOException e) {
        // closed, or a client that was gone before it was there
      }
    }
  }

  private void open(Link link) {
    try {
      link.client.setTcpNoDelay(true);
      link.server.setTcpNoDelay(true);
      link.server.connect(target, CONNECT_MILLIS);
      start("answers", () -> pump(link, link.server, link.client));
      pump(link, link.client, link.server);
    } catch (IOException e) {
      links.remove(link);
      link.reset();
    }
  }

  private void pump(Link link, Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        link.dead |= swallowing;
        if (!link.dead) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // one end is gone: the other must learn it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (link.dead && from == link.server) {
      return; // the client is not told: it must find out by itself
    }
    links.remove(link);
    link.close();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    links.forEach(Link::reset);
  }
}
