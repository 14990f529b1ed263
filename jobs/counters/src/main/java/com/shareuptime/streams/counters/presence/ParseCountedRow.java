package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CountedTables;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import com.shareuptime.streams.source.Reading;
import com.shareuptime.streams.source.RowFunction;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.OutputTag;

/**
 * Cdc records to rows that count; what else they tell leaves by side outputs: rows of targets,
 * completed generations, heartbeats, and what cannot be read.
 */
public final class ParseCountedRow extends RowFunction<CountedRow> {
  private static final long serialVersionUID = 1L;

  /** Rows of what is counted for. */
  public static final OutputTag<TruthChange> TARGETS = new OutputTag<>("targets", TruthChange.TYPE);

  /** Completed generations, for every subtask of the totals. */
  public static final OutputTag<TruthChange> GENERATIONS =
      new OutputTag<>("generations", TruthChange.TYPE);

  private final IdKinds kinds;
  private final CountedTables tables;

  private transient CountedRowParser parser;

  /**
   * @param job named in dead letters
   * @param kinds of ids
   */
  public ParseCountedRow(String job, IdKinds kinds) {
    super(job);
    this.kinds = kinds;
    this.tables = new CountedTables(kinds);
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    parser = new CountedRowParser(kinds);
  }

  @Override
  protected void read(CdcRecord record, Reading<CountedRow> reading) throws IOException {
    CdcTable table = record.table();
    Target.Type type = tables.typeOfRows(table);
    if (table.counter() == null && type == null) {
      throw unexpected(table);
    }
    CountedRow row = table.counter() == null ? null : parser.countedRow(record);
    TargetRow target = type == null ? null : parser.targetRow(record, type);
    if (row != null) {
      reading.collect(row);
    }
    if (target != null) {
      reading.output(TARGETS, target);
    }
  }

  @Override
  protected void complete(GenerationComplete news, Context context) {
    context.output(GENERATIONS, new TruthChange.Generation(news));
  }
}
