package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.ingest.IngestStack;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** What moves a slot, by a real server. */
class ConfirmedStreamIT {
  private static final String SLOT = "confirmed_stream";
  private IngestStack stack;

  @BeforeEach
  void aSlot() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    stack.sql(
        "insert into users (username, display_name) values ('u1', 'User 1')",
        "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(SLOT));
  }

  @AfterEach
  void noSlot() throws Exception {
    stack.sql("select pg_drop_replication_slot('%s')".formatted(SLOT));
  }

  /**
   * The rows of the late transaction lie below the confirmed position, the other transaction above
   * it: it was received, and no checkpoint has it. The late one is larger than what the server and
   * the client hold between them, so that the server answers within it.
   */
  @Test
  void aKeepAliveWithinALateTransactionDoesNotMoveTheSlot() throws Exception {
    long confirmed;
    try (Connection late = stack.connect();
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(
          "insert into comments (target_type, target_id, author_id, content) select 'post', 1, 1, repeat('x', 500) from generate_series(1, 60000)");
      confirmed = stack.walPosition();
      stack.sql("insert into users (username, display_name) values ('between', 'Between')");
      late.commit();
    }

    try (Connection connection = replication()) {
      PGReplicationStream stream = stream(connection);
      awaitRowBelow(confirmed, stream);
      LogSequenceNumber position = LogSequenceNumber.valueOf(confirmed);
      stream.setFlushedLSN(position);
      stream.setAppliedLSN(position);
      stream.forceUpdateStatus();
      awaitCommit(stream);
      stream.forceUpdateStatus();
      stream.close();
    }

    assertThat(slot()).isEqualTo(confirmed);
  }

  /** Before the first message nothing is confirmed either. */
  @Test
  void aKeepAliveBeforeTheFirstMessageDoesNotMoveTheSlot() throws Exception {
    long before = slot();
    stack.sql("create table if not exists unpublished (id int)", "drop table unpublished");

    try (Connection connection = replication()) {
      PGReplicationStream stream = stream(connection);
      long start = stream.getLastReceiveLSN().asLong();
      stream.forceUpdateStatus();
      while (stream.getLastReceiveLSN().asLong() == start) {
        assertThat(stream.readPending()).isNull();
      }
      stream.forceUpdateStatus();
      stream.close();
    }

    assertThat(slot()).isEqualTo(before);
  }

  @Test
  void whatIsConfirmedMovesTheSlot() throws Exception {
    stack.sql("insert into users (username, display_name) values ('one', 'One')");
    long confirmed = stack.walPosition();

    try (Connection connection = replication()) {
      PGReplicationStream stream = stream(connection);
      awaitCommit(stream);
      stream.setFlushedLSN(LogSequenceNumber.valueOf(confirmed));
      stream.forceUpdateStatus();
      stream.close();
    }

    assertThat(slot()).isEqualTo(confirmed);
  }

  private static void awaitRowBelow(long position, PGReplicationStream stream) throws SQLException {
    boolean other = false;
    while (true) {
      ByteBuffer message = stream.read();
      char type = (char) message.get(message.position());
      other |= type == 'C';
      if (other && type == 'I' && stream.getLastReceiveLSN().asLong() < position) {
        return;
      }
    }
  }

  private static void awaitCommit(PGReplicationStream stream) throws SQLException {
    ByteBuffer message;
    do {
      message = stream.read();
    } while (message.get(message.position()) != 'C');
  }

  private PGReplicationStream stream(Connection connection) throws SQLException {
    var driver =
        connection
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName(SLOT)
            .withStartPosition(LogSequenceNumber.valueOf(slot()))
            .withSlotOption("proto_version", 1)
            .withSlotOption("publication_names", "streams_cdc");
    return new ConfirmedStream.Builder(driver).withStatusInterval(10, TimeUnit.SECONDS).start();
  }

  private Connection replication() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", stack.servers().postgresUser());
    properties.setProperty("password", stack.servers().postgresPassword());
    properties.setProperty("replication", "database");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "10");
    return DriverManager.getConnection(stack.servers().postgresJdbcUrl(), properties);
  }

  private long slot() throws SQLException {
    return stack.number(
        "select (confirmed_flush_lsn - '0/0')::bigint from pg_replication_slots where slot_name = '%s'"
            .formatted(SLOT));
  }
}
