package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.option.OptionException;
import io.debezium.relational.RelationalChangeRecordEmitter;
import io.debezium.relational.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.cdc.connectors.base.config.SourceConfig;
import org.apache.flink.cdc.connectors.base.options.StartupOptions;
import org.apache.flink.cdc.connectors.base.source.assigner.state.HybridPendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.assigner.state.PendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceRecords;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitState;
import org.apache.flink.cdc.connectors.base.source.metrics.SourceReaderMetrics;
import org.apache.flink.cdc.connectors.postgres.source.PostgresSourceBuilder.PostgresIncrementalSource;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfigFactory;
import org.apache.flink.cdc.connectors.postgres.source.enumerator.PostgresSourceEnumerator;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.postgresql.Driver;

/**
 * The Postgres CDC source, read from its slot's own position and never filtered.
 *
 * <p>Guarantees, at parallelism 1: every row that is in a table when the job starts, and every
 * change committed later, is emitted at least once; changes come in commit order; a change that
 * committed while the snapshot ran comes after the snapshot, although the snapshot may have shown
 * its effect already. After a failure the stream repeats from the last checkpoint.
 */
public final class SlotSource extends PostgresIncrementalSource<Captured> {
  private static final long serialVersionUID = 1L;

  /** Slot positions are confirmed this many checkpoints late: an older one may be restored. */
  private static final int CONFIRM_DELAY = 3;

  /** The parts of a URL that the connector is told by its own names. */
  private static final Set<String> ADDRESS =
      Set.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password");

  private final ReplicationSlot slot;
  private final IngestOptions options;
  private final ArrayList<SourceTable> tables;

  private SlotSource(
      PostgresSourceConfigFactory config,
      ReplicationSlot slot,
      IngestOptions options,
      List<SourceTable> tables) {
    super(config, new AsCaptured(), new SlotPosition(), new SlotDialect(config.create(0), slot));
    this.slot = slot;
    this.options = options;
    this.tables = new ArrayList<>(tables);
  }

  /**
   * The source that the options describe. Connects to nothing yet.
   *
   * @param tables of the product; the heartbeat's is read, too
   */
  public static SlotSource of(IngestOptions options, List<SourceTable> tables) {
    List<SourceTable> all = new ArrayList<>(tables);
    all.add(IngestOptions.HEARTBEAT_TABLE);
    return new SlotSource(
        config(options, all), new ReplicationSlot(options.source(), options.slot()), options, all);
  }

  /** The LSN of the commit, of a change that comes with the stream. */
  public static long commit(Struct change) {
    return change.getStruct("source").getInt64(CommitDecoder.COMMIT) & ~CommitDecoder.WHOLE_OLD_ROW;
  }

  /** Whether the old row of a change has all its columns; of an insert it has none. */
  public static boolean hasWholeOldRow(Struct change) {
    Long commit = change.getStruct("source").getInt64(CommitDecoder.COMMIT);
    return commit != null && (commit & CommitDecoder.WHOLE_OLD_ROW) != 0;
  }

  /**
   * Whether a record has the old row of an update that changes the primary key: the connector hands
   * it on in two halves. It has the form of a delete.
   */
  public static boolean isFirstHalf(SourceRecord record) {
    return record.headers().lastWithName(RelationalChangeRecordEmitter.PK_UPDATE_NEWKEY_FIELD)
        != null;
  }

  /** Whether it has the new row, in the form of an insert; it follows the other half at once. */
  public static boolean isSecondHalf(SourceRecord record) {
    return record.headers().lastWithName(RelationalChangeRecordEmitter.PK_UPDATE_OLDKEY_FIELD)
        != null;
  }

  static PostgresSourceConfigFactory config(IngestOptions options, List<SourceTable> tables) {
    Properties url = url(options);
    PostgresSourceConfigFactory config = new PostgresSourceConfigFactory();
    config.hostname(url.getProperty("PGHOST"));
    config.port(Integer.parseInt(url.getProperty("PGPORT")));
    config.database(url.getProperty("PGDBNAME"));
    config.username(options.source().user());
    config.password(""); // see PasswordFile
    config.slotName(options.slot());
    config.decodingPluginName("pgoutput");
    config.schemaList(tables.stream().map(SourceTable::schema).distinct().toArray(String[]::new));
    config.tableList(
        tables.stream().map(SourceTable::toString).map(Pattern::quote).toArray(String[]::new));
    config.startupOptions(StartupOptions.initial());
    config.splitSize(options.chunkRows());
    config.fetchSize(2_000);
    config.setLsnCommitCheckpointsDelay(CONFIRM_DELAY);
    config.setIncludePartitionedTables(true);
    // what changes during the snapshot comes with the stream: a chunk needs no slot of its own
    config.skipSnapshotBackfill(true);
    config.debeziumProperties(debezium(options));
    return config;
  }

  private static Properties url(IngestOptions options) {
    String url = options.source().url();
    Properties parts = Driver.parseURL(url, new Properties());
    if (parts == null) {
      throw new OptionException("'" + url + "' is not a URL of Postgres (jdbc:postgresql://…)");
    }
    if (parts.getProperty("PGHOST").contains(",")) {
      throw new OptionException(
          "'" + url + "' names several servers: a slot is on one, so name the primary alone");
    }
    return parts;
  }

  /** With what the URL says of each connection, such as {@code sslmode}. */
  private static Properties debezium(IngestOptions options) {
    Properties debezium = new Properties();
    url(options)
        .forEach(
            (name, value) -> {
              if (!ADDRESS.contains(name)) {
                debezium.put("database." + name, value);
              }
            });
    debezium.setProperty("publication.name", options.publication());
    debezium.setProperty("publication.autocreate.mode", "disabled");
    debezium.setProperty("truncate.handling.mode", "include");
    debezium.setProperty("tombstones.on.delete", "false");
    debezium.setProperty("decimal.handling.mode", "string");
    debezium.setProperty("heartbeat.interval.ms", "0");
    debezium.setProperty("poll.interval.ms", "20");
    debezium.setProperty("max.batch.size", "4096");
    debezium.setProperty("max.queue.size", "16384");
    debezium.setProperty("slot.retry.delay.ms", "300");
    // on the same connection, which may be dead; the job's restart takes another
    debezium.setProperty("slot.max.retries", "1");
    // else a connection whose server was cut off without a word is waited for for ever
    debezium.setProperty("database.socketTimeout", "30");
    for (Map.Entry<String, String> property : PasswordFile.of(options.source()).entrySet()) {
      debezium.setProperty("database." + property.getKey(), property.getValue());
    }
    return debezium;
  }

  /** With a dialect of its own: the connector's holds on to a connection that a failure breaks. */
  @Override
  public PostgresSourceEnumerator createEnumerator(
      SplitEnumeratorContext<SourceSplitBase> context) {
    PostgresSourceConfig config = (PostgresSourceConfig) configFactory.create(0);
    SlotDialect dialect = new SlotDialect(config, slot);
    List<TableId> ids =
        tables.stream().map(table -> new TableId(null, table.schema(), table.name())).toList();
    return new SlotEnumerator(
        context,
        config,
        new SnapshotThenStream(config, dialect, slot::position, ids),
        dialect,
        slot,
        options,
        false);
  }

  @Override
  public PostgresSourceEnumerator restoreEnumerator(
      SplitEnumeratorContext<SourceSplitBase> context, PendingSplitsState checkpoint) {
    PostgresSourceConfig config = (PostgresSourceConfig) configFactory.create(0);
    SlotDialect dialect = new SlotDialect(config, slot);
    return new SlotEnumerator(
        context,
        config,
        new SnapshotThenStream(
            config, dialect, slot::position, (HybridPendingSplitsState) checkpoint),
        dialect,
        slot,
        options,
        true);
  }

  @Override
  protected RecordEmitter<SourceRecords, Captured, SourceSplitState> createRecordEmitter(
      SourceConfig config, SourceReaderMetrics metrics) {
    return new SlotEmitter(deserializationSchema, metrics, offsetFactory);
  }

  /** The connector's own hook; {@link SlotEmitter} hands changes on without it. */
  private static final class AsCaptured implements DebeziumDeserializationSchema<Captured> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(SourceRecord record, Collector<Captured> out) {
      out.collect(Captured.change(record));
    }

    @Override
    public TypeInformation<Captured> getProducedType() {
      return Captured.TYPE;
    }
  }
}
