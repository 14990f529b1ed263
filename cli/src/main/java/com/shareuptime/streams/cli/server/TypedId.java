package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;

/** Ids as people type them: what they are is known once the product's database was asked. */
public final class TypedId {
  private TypedId() {}

  /**
   * Reads one.
   *
   * @throws CommandException if it is none of that kind
   */
  public static Id read(String text, IdKind kind) {
    try {
      return kind.parse(text);
    } catch (NumberFormatException e) {
      throw CommandException.usage(
          "'" + text + "' is not an id.",
          switch (kind) {
            case NUMBER -> "Give a number.";
            case UUID -> "Give a UUID.";
            case TEXT -> "Give a text of up to " + IdKind.MOST_BYTES + " bytes.";
          });
    }
  }
}
