package com.shareuptime.streams.model.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrivacyElsewhereTest {
  private static final CatalogTable USERS = table("users", "id", "id", "username");
  private static final CatalogTable POSTS =
      table("posts", "id", "id", "user_id", "content", "created_at");

  private static CatalogTable table(String name, String primaryKey, String... columns) {
    return CatalogTable.of(
        "public",
        name,
        Stream.of(columns).map(column -> CatalogColumn.of(column, SqlType.TEXT, false)).toList(),
        List.of(primaryKey));
  }

  private static String draft(CatalogTable... tables) {
    return ModelDraft.of(Catalog.of(tables));
  }

  @Test
  void whatSettingsOfAUserSayIsHeededUntilItIsBroughtOver() {
    CatalogTable settings = table("settings", "user_id", "user_id", "account_type");
    assertThat(draft(USERS, POSTS, settings))
        .contains("may stand in account_type of public.settings", "'followers' as visibility");
  }

  @Test
  void whatAUserOwnsManyOfSaysNothingOfPosts() {
    CatalogTable groups = table("groups", "id", "id", "user_id", "visibility");
    assertThat(draft(USERS, POSTS, groups)).doesNotContain("as visibility");
  }

  @Test
  void usersAndPostsThatSayItThemselvesAreBelieved() {
    CatalogTable settings = table("settings", "user_id", "user_id", "account_type");
    assertThat(draft(table("users", "id", "id", "username", "private"), POSTS, settings))
        .doesNotContain("'followers' as visibility");
    assertThat(
            draft(USERS, table("posts", "id", "id", "user_id", "content", "visibility"), settings))
        .doesNotContain("'followers' as visibility");
  }
}
