package com.shareuptime.streams.ingest.slot;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.copy.CopyDual;
import org.postgresql.core.v3.replication.V3PGReplicationStream;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;
import org.postgresql.util.PSQLException;

/**
 * The slot's stream, in which only a confirmed checkpoint moves the slot. The driver's own stream
 * also confirms what the server says in a keep-alive, once the position of the last message is
 * confirmed. That position does not tell what was received: the rows of a transaction that commits
 * late lie below positions confirmed long before, and a keep-alive among them would take the slot
 * past transactions that no checkpoint has. A later start from the checkpoint could then not go on.
 */
final class ConfirmedStream implements PGReplicationStream {
  private static final long POSTGRES_EPOCH_MILLIS = 946_684_800_000L;
  private static final byte KEEP_ALIVE = 'k';
  private static final byte DATA = 'w';
  private static final byte STATUS = 'r';

  private final CopyDual copy;
  private final long statusNanos;

  private volatile LogSequenceNumber received;
  private volatile LogSequenceNumber confirmed = LogSequenceNumber.INVALID_LSN;
  private volatile LogSequenceNumber applied = LogSequenceNumber.INVALID_LSN;
  private volatile long statusSentAt = System.nanoTime();
  private volatile boolean closed;

  /**
   * Takes a stream over that the driver has started.
   *
   * @param statusNanos how often the server is told that the reader lives, 0 for only when it asks
   */
  private ConfirmedStream(PGReplicationStream started, long statusNanos) {
    this.copy = (CopyDual) PrivateField.read(V3PGReplicationStream.class, "copyDual", started);
    this.received = started.getLastReceiveLSN();
    this.statusNanos = statusNanos;
  }

  @Override
  public ByteBuffer read() throws SQLException {
    ByteBuffer message = null;
    while (message == null && !isClosed()) {
      message = next(true);
    }
    return message;
  }

  @Override
  public ByteBuffer readPending() throws SQLException {
    if (isClosed()) {
      throw new SQLException("the stream of the slot is closed", "08003");
    }
    return next(false);
  }

  private ByteBuffer next(boolean block) throws SQLException {
    while (copy.isActive()) {
      byte[] message = receive(block);
      if (statusNanos > 0 && System.nanoTime() - statusSentAt >= statusNanos) {
        sendStatus(false);
      }
      if (message == null) {
        return null;
      }
      ByteBuffer buffer = ByteBuffer.wrap(message);
      byte type = buffer.get();
      if (type == DATA) {
        received = LogSequenceNumber.valueOf(buffer.getLong());
        buffer.position(buffer.position() + 2 * Long.BYTES); // the server's end of WAL, its clock
        return buffer.slice();
      }
      if (type != KEEP_ALIVE) {
        throw new SQLException("unknown message '%c' in the stream of the slot".formatted(type));
      }
      keepAlive(buffer);
    }
    return null;
  }

  private byte[] receive(boolean block) throws SQLException {
    try {
      return copy.readFromCopy(block);
    } catch (PSQLException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        return null; // nothing to read for now
      }
      throw e;
    }
  }

  private void keepAlive(ByteBuffer message) throws SQLException {
    long sent = message.getLong();
    if (sent > received.asLong()) {
      received = LogSequenceNumber.valueOf(sent);
    }
    message.getLong(); // the server's clock
    if (message.get() != 0) {
      sendStatus(false);
    }
  }

  private void sendStatus(boolean answer) throws SQLException {
    long micros =
        TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() - POSTGRES_EPOCH_MILLIS);
    byte[] status =
        ByteBuffer.allocate(2 + 4 * Long.BYTES)
            .put(STATUS)
            .putLong(received.asLong())
            .putLong(confirmed.asLong())
            .putLong(applied.asLong())
            .putLong(micros)
            .put((byte) (answer ? 1 : 0))
            .array();
    copy.writeToCopy(status, 0, status.length);
    copy.flushCopy();
    statusSentAt = System.nanoTime();
  }

  @Override
  public void forceUpdateStatus() throws SQLException {
    sendStatus(true);
  }

  @Override
  public LogSequenceNumber getLastReceiveLSN() {
    return received;
  }

  @Override
  public LogSequenceNumber getLastFlushedLSN() {
    return confirmed;
  }

  @Override
  public LogSequenceNumber getLastAppliedLSN() {
    return applied;
  }

  @Override
  public void setFlushedLSN(LogSequenceNumber position) {
    confirmed = position;
  }

  @Override
  public void setAppliedLSN(LogSequenceNumber position) {
    applied = position;
  }

  @Override
  public boolean isClosed() {
    return closed || !copy.isActive();
  }

  @Override
  public void close() throws SQLException {
    if (!isClosed()) {
      copy.endCopy();
      closed = true;
    }
  }

  /** Starts the driver's stream, which sets its connection up for it, and takes it over. */
  static final class Builder implements ChainedLogicalStreamBuilder {
    private final ChainedLogicalStreamBuilder driver;
    private long statusNanos;

    Builder(ChainedLogicalStreamBuilder driver) {
      this.driver = driver;
    }

    @Override
    public PGReplicationStream start() throws SQLException {
      return new ConfirmedStream(driver.start(), statusNanos);
    }

    @Override
    public ChainedLogicalStreamBuilder withStatusInterval(int time, TimeUnit unit) {
      driver.withStatusInterval(time, unit);
      statusNanos = unit.toNanos(time);
      return this;
    }

    @Override
    public ChainedLogicalStreamBuilder withSlotName(String name) {
      driver.withSlotName(name);
      return this;
    }

    @Override
    public ChainedLogicalStreamBuilder withStartPosition(LogSequenceNumber position) {
      driver.withStartPosition(position);
      return this;
    }

    @Override
    public ChainedLogicalStreamBuilder withSlotOption(String name, boolean value) {
      driver.withSlotOption(name, value);
      return this;
    }

    @Override
    public ChainedLogicalStreamBuilder withSlotOption(String name, int value) {
      driver.withSlotOption(name, value);
      return this;
    }

    @Override
    public ChainedLogicalStreamBuilder withSlotOption(String name, String value) {
      driver.withSlotOption(name, value);
      return this;
    }

    @Override
    public ChainedLogicalStreamBuilder withSlotOptions(Properties options) {
      driver.withSlotOptions(options);
      return this;
    }
  }
}
