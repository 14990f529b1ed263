package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The feed as the contract words it, in plain SQL that no reader would want to wait for. */
record ContractFeed(Stores stores) {
  List<Id> of(Id user) throws SQLException {
    try (Connection connection = stores.postgres.getConnection();
        PreparedStatement statement = connection.prepareStatement(stores.schema.feed)) {
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
