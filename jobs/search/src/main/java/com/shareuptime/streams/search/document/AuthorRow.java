package com.shareuptime.streams.search.document;

import static com.shareuptime.streams.serialization.Layout.Form.TEXT;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.cdc.Unlogged;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A user after a change of the row. A text may be {@link Unlogged}: then nobody knows it.
 *
 * @param active false if deactivated or gone: then readers find none of the documents
 * @param avatarUrl may be null
 * @param isPrivate whether documents are for followers at most
 */
public record AuthorRow(
    Id author,
    RowVersion version,
    boolean active,
    @Layout(as = TEXT) String username,
    @Layout(as = TEXT) String displayName,
    @Layout(as = TEXT) String avatarUrl,
    boolean verified,
    @Layout(since = 3) boolean isPrivate) {

  /** Flink's type of these rows. */
  public static final TypeInformation<AuthorRow> TYPE =
      ValueType.of(AuthorRow.class, new Serializer());

  /** With what the change did not carry, as it has stayed as it was. */
  public AuthorRow completedBy(AuthorRow before) {
    return new AuthorRow(
        author,
        version,
        active,
        Unlogged.or(username, before.username),
        Unlogged.or(displayName, before.displayName),
        Unlogged.or(avatarUrl, before.avatarUrl),
        verified,
        isPrivate);
  }

  /** Whether all that a document cannot do without is known. */
  public boolean isNamed() {
    return !Unlogged.is(username) && !Unlogged.is(displayName);
  }

  /** The picture that documents show: none if it is not known. */
  String shownAvatarUrl() {
    return Unlogged.or(avatarUrl, null);
  }

  /** Whether documents show the other just as this one. */
  public boolean looksLike(AuthorRow other) {
    return other != null
        && active == other.active
        && verified == other.verified
        && isPrivate == other.isPrivate
        && username.equals(other.username)
        && displayName.equals(other.displayName)
        && Objects.equals(avatarUrl, other.avatarUrl);
  }

  /** Layout between subtasks and in state. */
  @InState(newest = 3)
  public static final class Serializer extends RecordSerializer<AuthorRow> {

    /** Layout 1 had another placeholder for a text that is not known. */
    @Override
    protected AuthorRow restored(AuthorRow row, int layout) {
      return layout > 1
          ? row
          : new AuthorRow(
              row.author,
              row.version,
              row.active,
              Unlogged.ofEarlierState(row.username),
              Unlogged.ofEarlierState(row.displayName),
              Unlogged.ofEarlierState(row.avatarUrl),
              row.verified,
              row.isPrivate);
    }
  }
}
