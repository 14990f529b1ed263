package com.shareuptime.streams.ingest.mapping;

import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Branch;
import com.shareuptime.streams.model.CanonicalColumn;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.SqlText;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The text of the model that the source database has recorded. The job's state has it, too: records
 * that another model has made cannot stand in the same topics.
 */
public record IngestModel(@Layout(as = Layout.Form.TEXT) String text) implements Serializable {

  /** Flink's type of these values. */
  public static final TypeInformation<IngestModel> TYPE =
      ValueType.of(IngestModel.class, new Serializer());

  /** The model of who gives none. */
  public static IngestModel canonical() {
    return new IngestModel(Model.canonicalSql());
  }

  /** What {@code migrate} has recorded, or the canonical model if it has recorded none. */
  public static IngestModel read(Connection connection) throws SQLException {
    return Model.recorded(connection).map(IngestModel::new).orElseGet(IngestModel::canonical);
  }

  /**
   * @throws ModelException if this build does not understand it
   */
  public Model parse() {
    return Model.parse(text);
  }

  /**
   * Gives it the types of a database.
   *
   * @throws ModelException with all that is wrong with it on the tables there
   */
  public BoundModel bind(Connection connection) throws SQLException {
    return parse().bind(CatalogReader.read(connection));
  }

  /** The entities that have topics, also those that it has no rows of. */
  public List<String> entities() {
    return Topics.entities(parse().counters().stream().map(Entity::name).toList());
  }

  /** Its tables, each once, in the order of the file. */
  public List<SourceTable> tables() {
    Set<SourceTable> tables = new LinkedHashSet<>();
    for (Entity entity : parse().entities()) {
      for (Branch branch : entity.branches()) {
        tables.add(new SourceTable(branch.schema(), branch.table()));
      }
    }
    return List.copyOf(tables);
  }

  /**
   * Whether it says the same, in whatever spelling: what is only laid out otherwise is no other.
   */
  public boolean isSameAs(IngestModel other) {
    if (text.equals(other.text)) {
      return true;
    }
    try {
      return meaning().equals(other.meaning());
    } catch (ModelException e) {
      return false; // of a build that understood more
    }
  }

  private Set<String> meaning() {
    Set<String> meaning = new TreeSet<>();
    for (Entity entity : parse().entities()) {
      StringBuilder words = new StringBuilder(entity.name()).append(' ').append(entity.singular());
      for (Branch branch : entity.branches()) {
        words.append('\n').append(branch.schema()).append('.').append(branch.table());
        for (CanonicalColumn column : entity.columns()) {
          Expression expression = branch.columns().get(column.name());
          if (expression != null) {
            words.append('\n').append(column.name()).append(": ").append(SqlText.of(expression));
          }
        }
        if (branch.where() != null) {
          words.append("\nwhere ").append(SqlText.of(branch.where()));
        }
      }
      meaning.add(words.toString());
    }
    return meaning;
  }

  /** Layout in state. */
  @InState(newest = 1)
  public static final class Serializer extends RecordSerializer<IngestModel> {}
}
