package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/** Runs JSqlParser over text without nesting, for a limited time, and translates its errors. */
final class FlatParser implements AutoCloseable {
  /** A flat piece takes milliseconds; on a machine without a free core, seconds. */
  private static final long MOST_MILLIS = 60_000;

  /** Several line breaks in a row end a statement of JSqlParser. */
  static final String LINE = " \n";

  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
  private static final Pattern TOKEN =
      Pattern.compile(
          "Encountered(?: unexpected token)?:? ?\"(.*?)\"(?: \\S+)?\\s*$", Pattern.MULTILINE);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "model-parser");
            thread.setDaemon(true);
            return thread;
          });

  /** A select, whose text begins at this place. */
  Select select(String text, Position at) {
    Statement statement =
        statement(LINE.repeat(at.line() - 1) + " ".repeat(at.column() - 1) + text, at);
    if (statement instanceof Select select) {
      return select;
    }
    throw new RefusedException(
        at, "A view of a model is a select.", "Write: create view … as select … from …;");
  }

  /** An expression, whose text begins at this place. */
  net.sf.jsqlparser.expression.Expression expression(String text, Position at) {
    String padded =
        at.line() == 1
            ? "select" + " ".repeat(at.column() - 1 - "select".length()) + text
            : LINE.repeat(at.line() - 2) + "select\n" + " ".repeat(at.column() - 1) + text;
    Statement statement = statement(padded, at);
    if (statement instanceof PlainSelect select
        && select.getSelectItems().size() == 1
        && select.getFromItem() == null) {
      return select.getSelectItem(0).getExpression();
    }
    throw new RefusedException(at, "This is no expression.", "Look for a missing parenthesis.");
  }

  private Statement statement(String text, Position at) {
    try {
      CCJSqlParser parser =
          CCJSqlParserUtil.newParser(text).withAllowComplexParsing(true).withTimeOut(MOST_MILLIS);
      return CCJSqlParserUtil.parseStatement(parser, threads);
    } catch (JSQLParserException | RuntimeException e) {
      throw refusal(e, at);
    }
  }

  private static RefusedException refusal(Exception e, Position at) {
    String message = String.valueOf(e.getMessage());
    if (e.getCause() instanceof TimeoutException) {
      return new RefusedException(
          at, "This is too complex to be read in time.", "Make it shorter.");
    }
    Matcher place = PLACE.matcher(message);
    Position where =
        place.find()
            ? new Position(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
            : at;
    Matcher token = TOKEN.matcher(message);
    String found = token.find() ? token.group(1).replaceAll("\" \"?.*", "") : "";
    return new RefusedException(
        where,
        found.isBlank() || found.equals("<EOF>")
            ? "Something is missing here: the SQL ends too early or has no such form."
            : "The SQL cannot be read from \"" + found + "\" on.",
        found.equalsIgnoreCase("is")
            ? "Put parentheses around what stands before it: (a = b) is true."
            : "Look for a missing comma or parenthesis before it, and put a column's name in quotes"
                + " if it is a word of SQL; try the select in psql.");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
