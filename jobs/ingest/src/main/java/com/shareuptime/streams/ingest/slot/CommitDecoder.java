package com.shareuptime.streams.ingest.slot;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.MessageDecoderContext;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.PostgresReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationMessage.NoopMessage;
import io.debezium.connector.postgresql.connection.ReplicationMessage.Operation;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import io.debezium.relational.Table;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;

/**
 * Decodes the slot's stream as the connector does, but for two things. It keeps what the connector
 * throws away: the LSN of the commit, with which each transaction begins. That takes the place of
 * the transaction's id in every change, so that it arrives in its source block, and is the same
 * whenever the stream is repeated. And it reads rows itself, values as text: the connector parses
 * each by its type, and fails at some.
 */
final class CommitDecoder extends PgOutputMessageDecoder {
  /** Name of the field of a change's source block that holds the commit. */
  static final String COMMIT = "txId";

  /**
   * In that field, of a change that has the whole old row. Which rows have it is known by the
   * message alone, as a replica identity may be altered at any place in the log. Records of the log
   * begin at multiples of 8, so the bit is free.
   */
  static final long WHOLE_OLD_ROW = 1;

  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final PostgresSchema schema;
  private final QueueRoom room;
  private final ReplicationMessageProcessor toConnector = this::handOn;
  private ReplicationMessageProcessor connector;
  private long commit;
  private Instant commitTime = POSTGRES_EPOCH;

  private CommitDecoder(
      MessageDecoderContext context,
      PostgresSchema schema,
      PostgresConnection database,
      QueueRoom room) {
    super(context, database);
    this.schema = schema;
    this.room = room;
  }

  /** Puts such a decoder in the place of the one that the connection has made for itself. */
  static void install(
      PostgresReplicationConnection replication,
      PostgresConnectorConfig config,
      PostgresSchema schema,
      PostgresConnection database,
      QueueRoom room) {
    PrivateField.write(
        PostgresReplicationConnection.class,
        "messageDecoder",
        replication,
        new CommitDecoder(new MessageDecoderContext(config, schema), schema, database, room));
  }

  @Override
  public void processNotEmptyMessage(
      ByteBuffer message, ReplicationMessageProcessor processor, TypeRegistry types)
      throws SQLException, InterruptedException {
    connector = processor;
    switch ((char) message.get(message.position())) {
      case 'I' -> row(Operation.INSERT, message);
      case 'U' -> row(Operation.UPDATE, message);
      case 'D' -> row(Operation.DELETE, message);
      case 'M' -> connector.process(new NoopMessage(commit, commitTime)); // anybody's, for nobody
      case 'B' -> {
        commit = message.getLong(message.position() + 1);
        long micros = message.getLong(message.position() + 1 + Long.BYTES);
        commitTime = POSTGRES_EPOCH.plus(micros, ChronoUnit.MICROS);
        super.processNotEmptyMessage(message, toConnector, types);
      }
      default -> super.processNotEmptyMessage(message, toConnector, types);
    }
  }

  private void row(Operation operation, ByteBuffer message)
      throws SQLException, InterruptedException {
    room.await(message.remaining());
    message.get(); // its kind
    Table table = schema.tableFor(message.getInt());
    connector.process(
        table == null
            ? new NoopMessage(commit, commitTime)
            : SlotChange.read(operation, table, message, commit, commitTime));
  }

  private void handOn(ReplicationMessage message) throws SQLException, InterruptedException {
    boolean truncate = message.getOperation() == Operation.TRUNCATE;
    connector.process(truncate ? new Committed(message, commit) : message);
  }

  /** The one place at which the connector lets another stream be opened. */
  @Override
  public ChainedLogicalStreamBuilder optionsWithMetadata(
      ChainedLogicalStreamBuilder stream, Function<Integer, Boolean> hasMinimumServerVersion) {
    return new ConfirmedStream.Builder(super.optionsWithMetadata(stream, hasMinimumServerVersion));
  }

  /** A TRUNCATE that names its commit where another has the transaction's id. */
  private record Committed(ReplicationMessage change, long commit) implements ReplicationMessage {
    @Override
    public OptionalLong getTransactionId() {
      return OptionalLong.of(commit);
    }

    @Override
    public Operation getOperation() {
      return change.getOperation();
    }

    @Override
    public Instant getCommitTime() {
      return change.getCommitTime();
    }

    @Override
    public String getTable() {
      return change.getTable();
    }

    @Override
    public List<Column> getOldTupleList() {
      return change.getOldTupleList();
    }

    @Override
    public List<Column> getNewTupleList() {
      return change.getNewTupleList();
    }

    @Override
    public boolean hasTypeMetadata() {
      return change.hasTypeMetadata();
    }

    @Override
    public boolean isLastEventForLsn() {
      return change.isLastEventForLsn();
    }

    @Override
    public boolean shouldSchemaBeSynchronized() {
      return change.shouldSchemaBeSynchronized();
    }
  }
}
