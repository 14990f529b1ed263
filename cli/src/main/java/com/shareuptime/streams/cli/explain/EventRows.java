package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.explain.AppEvent.Confirmation;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountedRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Whether the product's tables have a row like the one that an event announced.
 *
 * @param kinds what ids are
 * @param grace how far apart an event and its row may come
 */
record EventRows(Database source, IdKinds kinds, Duration grace) {
  private static final String WRITTEN = " and created_at between ? and ?";
  private static final String DELETED_SOFTLY = " and is_deleted";

  List<AppEvent> confirmed(List<AppEvent> events, Target target) {
    return events.isEmpty()
        ? List.of()
        : source.ask(
            handle ->
                events.stream()
                    .map(event -> event.with(confirmation(event, target, handle)))
                    .toList());
  }

  private Confirmation confirmation(AppEvent event, Target target, Handle handle) {
    Optional<CountedView> counter = kinds.announcedBy(event.type());
    if (counter.isEmpty()) {
      return Confirmation.CANNOT_BE_TOLD;
    }
    CountedRows table = new CountedRows(counter.get(), kinds);
    if (event.isCreate()) {
      return exists(table, WRITTEN, event, target, handle)
          ? Confirmation.ROW_IS_THERE
          : Confirmation.NO_SUCH_ROW;
    }
    boolean isOneEach = counter.get().kind().equals(CounterKind.LIKES);
    if (isOneEach && event.actor() != null) {
      return exists(table, "", event, target, handle)
          ? Confirmation.ROW_IS_STILL_THERE
          : Confirmation.ROW_IS_GONE;
    }
    boolean isGone = exists(table, DELETED_SOFTLY, event, target, handle);
    return isGone ? Confirmation.ROW_IS_GONE : Confirmation.CANNOT_BE_TOLD;
  }

  private boolean exists(
      CountedRows table, String which, AppEvent event, Target target, Handle handle) {
    Query rows =
        handle
            .select(
                "select exists (" + table.anyRow() + which + ")",
                target.type().label(),
                kinds.targets().convert(target.id()))
            .bind(2, event.actor());
    if (which.equals(WRITTEN)) {
      rows.bind(3, event.time().minus(grace)).bind(4, event.time().plus(grace));
    }
    return rows.mapTo(boolean.class).one();
  }
}
