package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.Problems;
import com.shareuptime.streams.model.expression.RefusedException;
import com.shareuptime.streams.model.syntax.ParsedFile.ParsedComment;
import java.util.ArrayList;
import java.util.List;

/** Reads the heads of statements token by token, and leaves selects to {@link SelectReader}. */
final class StatementReader {
  private static final String FORM =
      "A model holds \"create view NAME as select …\" and \"comment on view NAME is 'event: …'\".";

  private final Source source;
  private final Problems problems;
  private final List<ParsedView> views = new ArrayList<>();
  private final List<ParsedComment> comments = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  StatementReader(String text, Problems problems) {
    this.source = new Source(text);
    this.problems = problems;
  }

  ParsedFile read() {
    List<List<Token>> statements = new ArrayList<>();
    boolean whole = true;
    try {
      source.statements(statements);
    } catch (RefusedException e) {
      whole = false;
      problems.add(e);
    }
    try (FlatParser parser = new FlatParser()) {
      for (List<Token> statement : statements) {
        try {
          new Head(statement, parser).read();
        } catch (RefusedException e) {
          problems.add(e);
        }
      }
    }
    return new ParsedFile(views, comments, unread, whole);
  }

  /** One statement, and how far it has been read. */
  private final class Head {
    private final List<Token> tokens;
    private final FlatParser parser;
    private int next;

    Head(List<Token> tokens, FlatParser parser) {
      this.tokens = tokens;
      this.parser = parser;
    }

    void read() {
      if (accept("create")) {
        view();
      } else if (accept("comment")) {
        comment();
      } else {
        throw refused(0, "This statement is no part of a model.", FORM);
      }
    }

    private void view() {
      if (accept("or")) {
        require("replace");
      }
      for (String kind : List.of("materialized", "temporary", "temp", "recursive")) {
        if (peek(kind)) {
          throw refused(
              next, "A view of a model is not " + kind + ".", "Leave the word out: create view …");
        }
      }
      require("view");
      if (accept("if")) {
        require("not");
        require("exists");
      }
      int at = next;
      String name = viewName();
      unread.add(name);
      if (peek("(")) {
        throw refused(
            next,
            "The columns of a view are named in its select.",
            "Leave the list out and write: select EXPRESSION as NAME.");
      }
      if (peek("with")) {
        throw refused(next, "Options of views are set by migrate.", "Leave with (…) out.");
      }
      require("as");
      if (next == tokens.size()) {
        throw refused(next - 1, "The select is missing.", FORM);
      }
      views.add(
          new ParsedView(
              position(at),
              name,
              new SelectReader(source, tokens, next, parser, problems).selects()));
      unread.remove(name);
    }

    private String viewName() {
      if (next == tokens.size() || !tokens.get(next).isName()) {
        throw refused(next, "The name of the view is missing.", FORM);
      }
      Token token = tokens.get(next);
      if (next + 1 < tokens.size() && tokens.get(next + 1).isSymbol(".")) {
        throw refused(
            next,
            "A view of a model has no schema: migrate creates it in streams_model.",
            "Write the name alone: create view "
                + (next + 2 < tokens.size() ? tokens.get(next + 2).name() : "posts")
                + " as …");
      }
      if (token.kind() == Token.Kind.QUOTED) {
        throw refused(
            next,
            "The name of a view is not quoted, as topics and columns are named after it.",
            "Write it in lower case without quotes.");
      }
      next++;
      return token.name();
    }

    private void comment() {
      require("on");
      require("view");
      int at = next;
      String name = viewName();
      require("is");
      if (next == tokens.size() || tokens.get(next).kind() != Token.Kind.STRING) {
        throw refused(next, "The text of the comment is missing.", FORM);
      }
      String text = tokens.get(next++).string();
      if (next < tokens.size()) {
        throw refused(next, "The statement goes on after its end.", "End it with a semicolon.");
      }
      comments.add(new ParsedComment(position(at), name, text));
    }

    private boolean peek(String word) {
      return next < tokens.size() && tokens.get(next).is(word);
    }

    private boolean accept(String word) {
      boolean found = peek(word);
      next += found ? 1 : 0;
      return found;
    }

    private void require(String word) {
      if (!accept(word)) {
        throw refused(next, "Here stands no \"" + word + "\".", FORM);
      }
    }

    private RefusedException refused(int token, String message, String advice) {
      return new RefusedException(position(Math.min(token, tokens.size() - 1)), message, advice);
    }

    private Position position(int token) {
      return source.position(tokens.get(token).start());
    }
  }
}
