package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.mapping.EntityBranch;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What the model makes of each table. */
final class ModelTables {
  private final Map<SourceTable, TableChanges> tables;

  /** By the connector's name, in which odd characters of the table's are gone; null for others. */
  private final Map<String, TableChanges> byTopic = new HashMap<>();

  private ModelTables(Map<SourceTable, TableChanges> tables) {
    this.tables = tables;
  }

  /**
   * @param topics of all entities that there may be
   */
  static ModelTables of(BoundModel model, Map<String, EntityTopic> topics) {
    Map<SourceTable, Map<Entity, List<EntityBranch>>> byTable = new LinkedHashMap<>();
    Map<Entity, Set<SourceTable>> sources = new HashMap<>();
    for (EntityBranch branch : EntityBranch.of(model)) {
      byTable
          .computeIfAbsent(branch.table(), first -> new LinkedHashMap<>())
          .computeIfAbsent(branch.entity(), first -> new ArrayList<>())
          .add(branch);
      sources.computeIfAbsent(branch.entity(), first -> new HashSet<>()).add(branch.table());
    }
    Map<SourceTable, TableChanges> tables = new HashMap<>();
    byTable.forEach(
        (table, entities) -> {
          List<EntityChanges> changes = new ArrayList<>();
          List<EntityBranch> all = new ArrayList<>();
          List<String> shared = new ArrayList<>();
          entities.forEach(
              (entity, branches) -> {
                EntityTopic topic = topics.get(entity.name());
                changes.add(new EntityChanges(topic, branches));
                all.addAll(branches);
                if (sources.get(entity).size() > 1) {
                  shared.add(topic.topic());
                }
              });
          tables.put(table, new TableChanges(table, changes, all, shared));
        });
    return new ModelTables(tables);
  }

  /** Those of the table that a change is of; null if the model has it not. */
  TableChanges of(SourceRecord change) {
    TableChanges known = byTopic.get(change.topic());
    if (known == null && !byTopic.containsKey(change.topic())) {
      Struct source = ((Struct) change.value()).getStruct("source");
      known = tables.get(new SourceTable(source.getString("schema"), source.getString("table")));
      byTopic.put(change.topic(), known);
    }
    return known;
  }
}
