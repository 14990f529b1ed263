package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.Problems;
import com.shareuptime.streams.model.expression.RefusedException;
import com.shareuptime.streams.model.syntax.ParsedView.ParsedItem;
import com.shareuptime.streams.model.syntax.ParsedView.ParsedSelect;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.parser.ASTNodeAccess;
import net.sf.jsqlparser.parser.SimpleNode;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperation;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.UnionOp;

/** Reads the select of a view: one over one table, or several of them by {@code union all}. */
final class SelectReader {
  /** Expressions are read, typed and computed by recursion. */
  private static final int DEEPEST = 50;

  private final Source source;
  private final List<Token> tokens;
  private final int from;
  private final FlatParser parser;
  private final Problems problems;
  private final Units units;

  SelectReader(Source source, List<Token> tokens, int from, FlatParser parser, Problems problems) {
    this.source = source;
    this.tokens = tokens;
    this.from = from;
    this.parser = parser;
    this.problems = problems;
    this.units = new Units(source, tokens);
  }

  List<ParsedSelect> selects() {
    Position at = position(from);
    if (tokens.get(from).isSymbol("(")) {
      throw new RefusedException(
          at,
          "The select of a view has no parentheses around it.",
          "Write: select … from … union all select … from …");
    }
    if (tokens.get(from).is("with")) {
      throw new RefusedException(
          at,
          "A view of a model has no with: it is a select over one table.",
          "Write each select over its table, joined by union all.");
    }
    requireReadable();
    Select select = parser.select(units.flat(from, tokens.size()), at);
    List<Select> branches = new ArrayList<>();
    if (select instanceof SetOperationList list) {
      for (SetOperation operation : list.getOperations()) {
        if (!(operation instanceof UnionOp union && union.isAll())) {
          throw refusedWord(
              operation.toString().split(" ")[0],
              "Selects are joined by union all only: others need all rows to judge one.",
              "Write union all, and conditions that no row meets twice.");
        }
      }
      branches.addAll(list.getSelects());
    } else {
      branches.add(select);
    }
    requireNothingAfter(select);
    List<ParsedSelect> read = new ArrayList<>();
    for (Select branch : branches) {
      try {
        read.add(branch(branch, at));
      } catch (RefusedException e) {
        problems.add(e);
      }
    }
    return read;
  }

  private void requireReadable() {
    int depth = 0;
    for (int i = from; i + 1 < tokens.size(); i++) {
      depth += tokens.get(i).isSymbol("(") || tokens.get(i).is("case") ? 1 : 0;
      depth -= tokens.get(i).isSymbol(")") || tokens.get(i).is("end") ? 1 : 0;
      if (depth > DEEPEST) {
        throw new RefusedException(
            position(i), "This is nested too deeply.", "Use fewer parentheses.");
      }
      if (tokens.get(i).is("over") && tokens.get(i + 1).isSymbol("(")) {
        throw new RefusedException(
            position(i),
            "A model has no window functions: a row is computed from itself alone.",
            "Leave it out.");
      }
    }
  }

  private ParsedSelect branch(Select branch, Position view) {
    if (!(branch instanceof PlainSelect plain)) {
      throw new RefusedException(
          view, "A view of a model is a select from a table.", "Write: select … from TABLE.");
    }
    Position at = position(plain, view);
    requirePlain(plain, at);
    Table table = table(plain.getFromItem(), at);
    Translator translator =
        new Translator(
            units, parser, start -> source.position(tokens.get(start).start()), names(table));
    List<ParsedItem> items = new ArrayList<>();
    for (SelectItem<?> item : plain.getSelectItems()) {
      try {
        items.add(item(item, translator, at));
      } catch (RefusedException e) {
        problems.add(e);
        items.add(new ParsedItem(e.at(), alias(item), null));
      }
    }
    Expression where = null;
    if (plain.getWhere() != null) {
      try {
        where = translator.expression(plain.getWhere(), at);
      } catch (RefusedException e) {
        problems.add(e);
      }
    }
    String schema =
        table.getSchemaName() == null ? "public" : Translator.name(table.getSchemaName());
    return new ParsedSelect(
        position(table, at), schema, Translator.name(table.getName()), items, where);
  }

  private ParsedItem item(SelectItem<?> item, Translator translator, Position select) {
    if (item.getExpression() instanceof AllColumns
        || item.getExpression() instanceof AllTableColumns) {
      throw new RefusedException(
          position(item.getExpression(), select),
          "select * is refused: a column that the table gets later would be part of it.",
          "Name each column: select id, user_id as author_id, …");
    }
    Expression expression =
        translator.expression(item.getExpression(), position((Object) item, select));
    return new ParsedItem(expression.at(), alias(item), expression);
  }

  private static String alias(SelectItem<?> item) {
    return item.getAlias() == null ? null : Translator.name(item.getAlias().getName());
  }

  /** Names by which columns may be qualified. */
  private static List<String> names(Table table) {
    return table.getAlias() == null
        ? List.of(Translator.name(table.getName()))
        : List.of(Translator.name(table.getAlias().getName()));
  }

  private Table table(FromItem item, Position select) {
    if (item == null) {
      throw new RefusedException(
          select, "This select has no from.", "Write the table: from public.posts.");
    }
    if (!(item instanceof Table table) || units.named(table.getName()) != null) {
      throw new RefusedException(
          position(item, select),
          "A view of a model selects from a table, and from no subquery and no function.",
          "Name the table: from public.posts.");
    }
    if (table.getDatabase() != null && table.getDatabase().getDatabaseName() != null) {
      throw new RefusedException(
          position(table, select),
          "The table has too many names.",
          "Write schema and table: from public.posts.");
    }
    if (table.getPivot() != null
        || table.getUnPivot() != null
        || table.getIndexHint() != null
        || table.getSqlServerHints() != null
        || table.getSampleClause() != null
        || (table.getAlias() != null && table.getAlias().getAliasColumns() != null)) {
      throw new RefusedException(
          position(table, select),
          "After the table stands something that a model does not have.",
          "Write the table alone: from public.posts.");
    }
    return table;
  }

  private void requirePlain(PlainSelect plain, Position at) {
    if (plain.getJoins() != null && !plain.getJoins().isEmpty()) {
      FromItem joined = plain.getJoins().get(0).getFromItem();
      throw new RefusedException(
          position(joined, at),
          "Joins are refused: a change of the other table would not reach this row.",
          "Bring the attribute over into a column of this table, kept by a trigger.");
    }
    refuse(plain.getDistinct() != null, "distinct", "distinct");
    refuse(plain.getGroupBy() != null, "group", "group by");
    refuse(plain.getHaving() != null, "having", "having");
    refuse(plain.getQualify() != null, "qualify", "qualify");
    refuse(plain.getTop() != null || plain.getFirst() != null, "first", "first");
    refuse(plain.getWindowDefinitions() != null, "window", "window");
    refuse(plain.getIntoTables() != null && !plain.getIntoTables().isEmpty(), "into", "into");
    refuse(
        plain.getLateralViews() != null && !plain.getLateralViews().isEmpty(),
        "lateral",
        "lateral");
    if (plain.isUsingOnly()
        || plain.isUsingFinal()
        || plain.getSampleClause() != null
        || plain.getSkip() != null
        || plain.getOptimizeFor() != null
        || plain.getOracleHierarchical() != null
        || plain.getKsqlWindow() != null
        || plain.getPreferringClause() != null
        || plain.getForXmlPath() != null
        || plain.isEmitChanges()
        || plain.getBigQuerySelectQualifier() != null
        || plain.getMySqlSqlCalcFoundRows()
        || plain.getMySqlHintStraightJoin()) {
      throw new RefusedException(
          at,
          "This select has a part that a model does not have.",
          "Write: select … from … where …");
    }
    requireNothingAfter(plain);
  }

  private void requireNothingAfter(Select select) {
    refuse(select.getOrderByElements() != null, "order", "order by");
    refuse(select.getLimit() != null || select.getLimitBy() != null, "limit", "limit");
    refuse(select.getOffset() != null, "offset", "offset");
    refuse(select.getFetch() != null, "fetch", "fetch");
    refuse(
        select.getForMode() != null || select.getForClause() != null || select.isSkipLocked(),
        "for",
        "for update");
    refuse(
        select.getWithItemsList() != null && !select.getWithItemsList().isEmpty(), "with", "with");
    refuse(select.getIsolation() != null, "with", "with");
  }

  private void refuse(boolean found, String word, String clause) {
    if (found) {
      throw refusedWord(
          word,
          "\"" + clause + "\" is refused: a row's part in the model is known from the row alone.",
          "Leave it out; rows that do not belong are excluded by where.");
    }
  }

  private RefusedException refusedWord(String word, String message, String advice) {
    int at = from;
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).is(word)) {
        at = i;
        break;
      }
    }
    return new RefusedException(position(at), message, advice);
  }

  private Position position(int token) {
    return source.position(tokens.get(token).start());
  }

  static Position position(ASTNodeAccess node, Position otherwise) {
    SimpleNode found = node.getASTNode();
    return found == null || found.jjtGetFirstToken() == null
        ? otherwise
        : new Position(found.jjtGetFirstToken().beginLine, found.jjtGetFirstToken().beginColumn);
  }

  static Position position(Object node, Position otherwise) {
    return node instanceof ASTNodeAccess access ? position(access, otherwise) : otherwise;
  }
}
