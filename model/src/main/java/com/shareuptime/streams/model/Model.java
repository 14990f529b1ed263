package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.expression.Problems;
import com.shareuptime.streams.model.syntax.ParsedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What the product's tables mean: users, posts, follows, perhaps reels, and counters. Immutable.
 * What can be judged from the text alone holds; types are {@link #bind}'s matter.
 *
 * @param entities in the order of the file
 */
public record Model(List<Entity> entities) {
  private static final String IS_RECORDED = "select to_regclass('streams.model') is not null";
  private static final String RECORDED = "select source from streams.model";

  public Model {
    entities = List.copyOf(entities);
  }

  /**
   * Reads a file of {@code create view} statements.
   *
   * @throws ModelException with all that is wrong with it
   */
  public static Model parse(String sql) {
    Problems problems = new Problems();
    ParsedFile file = ParsedFile.read(sql, problems);
    List<Entity> entities = new EntityRules(problems).entities(file);
    if (!problems.isEmpty()) {
      throw new ModelException(problems.inOrder());
    }
    return new Model(entities);
  }

  /** The model of who gives none: the tables of the contract, as they are. */
  public static Model canonical() {
    return parse(canonicalSql());
  }

  /**
   * The text of the model that {@code migrate} has recorded in a database; empty if it has none.
   */
  public static Optional<String> recorded(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(IS_RECORDED)) {
        row.next();
        if (!row.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (ResultSet row = statement.executeQuery(RECORDED)) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** The text of {@link #canonical}. */
  public static String canonicalSql() {
    try (InputStream file = Model.class.getResourceAsStream("canonical.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives every expression its type.
   *
   * @throws ModelException with all that is wrong with it on these tables
   */
  public BoundModel bind(Catalog catalog) {
    return new Binder(this, catalog).bind();
  }

  public Optional<Entity> entity(String name) {
    return entities.stream().filter(entity -> entity.name().equals(name)).findFirst();
  }

  public List<Entity> counters() {
    return entities.stream().filter(Entity::isCounter).toList();
  }
}
