package com.shareuptime.streams.proof.bench.limit;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/**
 * Logical decoding of the WAL by pgoutput, read and thrown away: no reader of rows is faster.
 * Replication is of the bare driver alone.
 */
public record BareDecoding(Addresses addresses) {
  private static final String SLOT = "bench_bare";
  private static final byte INSERT = 'I';

  /** From here on the WAL is kept for {@link #rowsPerSecond}. */
  public void createSlot() {
    ProductDatabase.execute(
        addresses, "select pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
  }

  public void dropSlot() {
    ProductDatabase.execute(addresses, "select pg_drop_replication_slot('" + SLOT + "')");
  }

  /** Reads until {@code rows} inserts have come; the clock runs from the first one. */
  public double rowsPerSecond(long rows) throws SQLException, InterruptedException {
    try (Connection connection = replication();
        PGReplicationStream stream =
            connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(SLOT)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", "streams_cdc")
                .withStatusInterval(1, TimeUnit.SECONDS)
                .start()) {
      long begin = 0;
      for (long read = 0; read < rows; ) {
        ByteBuffer message = stream.readPending();
        if (message == null) {
          TimeUnit.MILLISECONDS.sleep(1);
        } else if (message.get(message.position()) == INSERT) {
          begin = read++ == 0 ? System.nanoTime() : begin;
        }
      }
      return rows * 1e9 / (System.nanoTime() - begin);
    }
  }

  private Connection replication() throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, addresses.postgresUser());
    PGProperty.PASSWORD.set(properties, addresses.postgresPassword());
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "10");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    return DriverManager.getConnection(addresses.postgresUrl(), properties);
  }
}
