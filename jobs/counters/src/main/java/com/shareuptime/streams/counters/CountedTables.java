package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics of rows that count, and of those that are counted for. */
public final class CountedTables implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<CdcTable> all;
  private final Map<Target.Type, CdcTable> byType = new HashMap<>();

  /** By the number of a table; null where nothing is counted for its rows. */
  private final Target.Type[] types;

  /**
   * @param entities of the model
   */
  public CountedTables(IdKinds entities) {
    List<CdcTable> known = CdcTable.all(entities.counters());
    Set<CdcTable> read = new LinkedHashSet<>();
    for (CountedView counter : entities.counters()) {
      read.add(CdcTable.of(counter));
    }
    types = new Target.Type[known.stream().mapToInt(CdcTable::number).max().orElse(0) + 1];
    for (TargetEntity target : entities.targetEntities()) {
      known.stream()
          .filter(table -> table.tableName().equals(target.view()))
          .forEach(
              table -> {
                read.add(table);
                byType.put(target.type(), table);
                types[table.number()] = target.type();
              });
    }
    all = new ArrayList<>(read);
  }

  /** All that are read, each once. */
  public List<CdcTable> all() {
    return all;
  }

  /** The one that has the rows of targets; null if nothing is counted for such. */
  public CdcTable of(Target.Type type) {
    return byType.get(type);
  }

  /** What is counted for rows of a table; null if nothing is. */
  public Target.Type typeOfRows(CdcTable table) {
    return table.number() < types.length ? types[table.number()] : null;
  }
}
