package com.shareuptime.streams.contract.redis;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Ids in keys and members of Redis: as they are, but for texts with a brace, a control character, a
 * {@code %}, or a {@code ~} in front, which stands for the mark of a feed. Of these, such
 * characters are written as in URLs, {@code %7B}.
 */
public final class RedisId {
  private RedisId() {}

  public static String write(Id id) {
    String text = id.toString();
    if (id.isNumber() || id.isUuid()) {
      return text;
    }
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isEscaped(c, i)) {
        escaped = escaped == null ? new StringBuilder(text.substring(0, i)) : escaped;
        escaped.append('%').append("%02X".formatted((int) c));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static boolean isEscaped(char c, int at) {
    return c == '{' || c == '}' || c == '%' || c < ' ' || c == 127 || (c == '~' && at == 0);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws NumberFormatException if it is no id of this kind
   */
  public static Id read(String text, IdKind kind) {
    return kind.parse(kind == IdKind.TEXT && text.indexOf('%') >= 0 ? unescaped(text) : text);
  }

  private static String unescaped(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new NumberFormatException("'" + text + "' is no id: " + e.getMessage());
    }
  }
}
