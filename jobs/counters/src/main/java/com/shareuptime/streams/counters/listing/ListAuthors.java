package com.shareuptime.streams.counters.listing;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.listing.ListChange.AuthorLeaves;
import com.shareuptime.streams.counters.listing.ListChange.Minute;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets what is listed through unless its author is known to be deactivated, deleted or a private
 * account, and tells when one becomes so of whom something was let through.
 */
public final class ListAuthors
    extends KeyedCoProcessFunction<Id, ListChange, AuthorStanding, ListChange> {
  private static final long serialVersionUID = 1L;

  /** Some 30 bytes a user; ids of deleted ones are not used again. */
  private static final ValueStateDescriptor<AuthorStanding> STANDING =
      new ValueStateDescriptor<>("author-standing", AuthorStanding.TYPE);

  /** There for authors of whom something was let through since they were listed. */
  private static final ValueStateDescriptor<Boolean> LISTED =
      new ValueStateDescriptor<>("listed", Types.BOOLEAN);

  private transient ValueState<AuthorStanding> standing;
  private transient ValueState<Boolean> listed;

  @Override
  public void open(OpenContext context) {
    standing = getRuntimeContext().getState(STANDING);
    listed = getRuntimeContext().getState(LISTED);
  }

  @Override
  public void processElement1(ListChange change, Context context, Collector<ListChange> out)
      throws Exception {
    if (change instanceof Minute) {
      AuthorStanding known = standing.value();
      if (known != null && !known.listed()) {
        return;
      }
      if (listed.value() == null) {
        listed.update(true);
      }
    }
    out.collect(change);
  }

  @Override
  public void processElement2(AuthorStanding row, Context context, Collector<ListChange> out)
      throws Exception {
    AuthorStanding before = standing.value();
    if (before != null && row.version().compareTo(before.version()) < 0) {
      return;
    }
    standing.update(row);
    if (!row.listed() && listed.value() != null) {
      listed.clear();
      for (Target.Type type : Target.Type.DOCUMENTS) {
        out.collect(new AuthorLeaves(type, row.author()));
      }
    }
  }
}
