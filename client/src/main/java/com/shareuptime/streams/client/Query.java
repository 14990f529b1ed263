package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with parameters {@code $1}, {@code $2}, …, as psql's PREPARE and node-postgres take them too,
 * and for numbers as ids: marks say where other ids have another type, or an order to be named.
 *
 * @param jdbc the same with question marks
 * @param order the number of the parameter that each of them stands for
 */
record Query(String jdbc, List<Integer> order) {
  private static final Pattern COMMENT = Pattern.compile("^--.*$", Pattern.MULTILINE);
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

  Query {
    order = List.copyOf(order);
  }

  static Query of(String text, IdKinds kinds) {
    String sql = ofKinds(text, kinds);
    List<Integer> order = new ArrayList<>();
    Matcher parameters = PARAMETER.matcher(sql);
    String jdbc =
        parameters.replaceAll(
            parameter -> {
              order.add(Integer.valueOf(parameter.group(1)));
              return "?";
            });
    return new Query(jdbc, order);
  }

  /** The SQL itself where ids are of these kinds. */
  static String ofKinds(String text, IdKinds kinds) {
    return text.replace("bigint/*users*/", kinds.users().sql())
        .replace("bigint/*posts*/", kinds.posts().sql())
        .replace("bigint/*targets*/", kinds.targets().sql())
        // as readers order them; other collations would page by another order
        .replace("/*order*/", kinds.posts() == IdKind.TEXT ? " collate \"C\"" : "")
        .replace("/*target*/", kinds.targets() == IdKind.TEXT ? "::text collate \"C\"" : "");
  }

  /** The text of a file beside this class, without its comments: they name parameters too. */
  static String text(String file) {
    try (InputStream in = Query.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path beside " + Query.class);
      }
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return COMMENT.matcher(sql).replaceAll("").strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  PreparedStatement prepare(Connection connection, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(jdbc);
    for (int i = 0; i < order.size(); i++) {
      statement.setObject(i + 1, parameters[order.get(i) - 1]);
    }
    return statement;
  }
}
