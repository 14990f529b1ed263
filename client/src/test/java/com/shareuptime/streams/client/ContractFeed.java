package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The feed as the contract words it, in plain SQL that no reader would want to wait for. */
record ContractFeed(DataSource postgres) {
  private static final String FEED =
      """
      select p.id
      from public.posts p join public.users a on a.id = p.author_id
      where (p.author_id = ? or p.author_id in (
               select followee_id from public.follows where follower_id = ? and status = 'accepted'))
        and a.is_active and not p.is_deleted and p.visibility in ('public', 'followers')
      order by p.created_at desc, p.id desc
      """;

  List<Id> of(Id user) throws SQLException {
    try (Connection connection = postgres.getConnection();
        PreparedStatement statement = connection.prepareStatement(FEED)) {
      statement.setObject(1, user.sql());
      statement.setObject(2, user.sql());
      List<Id> ids = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ids.add(Id.ofSql(row.getObject(1)));
        }
      }
      return ids;
    }
  }
}
