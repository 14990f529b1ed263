package com.shareuptime.streams.ingest.slot;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.MessageDecoderContext;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.PostgresReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputMessageDecoder;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;

/**
 * Decodes the slot's stream as the connector does, and keeps what that throws away: the LSN of the
 * commit, with which each transaction begins. It takes the place of the transaction's id in every
 * change, so that it arrives in its source block, and is the same whenever the stream is repeated.
 */
final class CommitDecoder extends PgOutputMessageDecoder {
  /** Name of the field of a change's source block that holds the commit. */
  static final String COMMIT = "txId";

  private static final char BEGIN = 'B';

  private final ReplicationMessageProcessor toConnector = this::handOn;
  private ReplicationMessageProcessor connector;
  private long commit;

  private CommitDecoder(MessageDecoderContext context, PostgresConnection database) {
    super(context, database);
  }

  /** Puts such a decoder in the place of the one that the connection has made for itself. */
  static void install(
      PostgresReplicationConnection replication,
      PostgresConnectorConfig config,
      PostgresSchema schema,
      PostgresConnection database) {
    PrivateField.write(
        PostgresReplicationConnection.class,
        "messageDecoder",
        replication,
        new CommitDecoder(new MessageDecoderContext(config, schema), database));
  }

  @Override
  public void processNotEmptyMessage(
      ByteBuffer message, ReplicationMessageProcessor processor, TypeRegistry types)
      throws SQLException, InterruptedException {
    int start = message.position();
    if (message.get(start) == BEGIN) {
      commit = message.getLong(start + 1);
    }
    connector = processor;
    super.processNotEmptyMessage(message, toConnector, types);
  }

  private void handOn(ReplicationMessage message) throws SQLException, InterruptedException {
    switch (message.getOperation()) {
      case INSERT, UPDATE, DELETE, TRUNCATE -> connector.process(new Committed(message, commit));
      default -> connector.process(message);
    }
  }

  /** The one place at which the connector lets another stream be opened. */
  @Override
  public ChainedLogicalStreamBuilder optionsWithMetadata(
      ChainedLogicalStreamBuilder stream, Function<Integer, Boolean> hasMinimumServerVersion) {
    return new ConfirmedStream.Builder(super.optionsWithMetadata(stream, hasMinimumServerVersion));
  }

  /** A change that names its commit where another has the transaction's id. */
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
