package com.shareuptime.streams.reconcile.plan;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.truth.IdCondition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The ids of a bucket that have a row. */
public final class BucketIds {
  private BucketIds() {}

  public static Ids read(Connection snapshot, IdBucket bucket, IdKinds kinds) throws SQLException {
    String query =
        bucket.scope().ids(kinds)
            + " where id "
            + IdCondition.between(bucket.kind(), bucket.first(), bucket.last()).sql();
    Ids.Builder ids = new Ids.Builder();
    try (Statement statement = snapshot.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        ids.add(Id.ofSql(row.getObject(1)));
      }
    }
    return ids.build();
  }
}
