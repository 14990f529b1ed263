package com.shareuptime.streams.proof.traffic;

/** What statements are given of an interaction. */
record InteractionValues(Interaction row, PlannedIds ids, Texts texts) implements RowSql.Values {
  @Override
  public Object of(SqlValue value) {
    return switch (value) {
      case TYPE -> row.target().type().label();
      case TARGET -> ids.sqlTarget(row.target());
      case USER -> ids.sqlUser(row.userId());
      case FOLLOWEE -> ids.sqlUser(row.rowId());
      case COMMENT -> ids.sqlComment(row.rowId());
      case PARENT -> row.parentId() == 0 ? null : ids.sqlComment(row.parentId());
      case SHARE -> ids.sqlShare(row.rowId());
      case NUMBER -> row.rowId();
      case TEXT -> texts.of(row.target(), row.rowId());
      case ODD_TEXT -> OddValues.text(row.rowId());
      case ODD_TIME -> OddValues.time(row.rowId());
      default -> throw new IllegalArgumentException(row.change() + " has no :" + value.label());
    };
  }
}
