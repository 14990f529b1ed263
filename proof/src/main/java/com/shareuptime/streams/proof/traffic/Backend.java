package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.local.Addresses;

/** What all parts of the simulated backend work with. */
record Backend(Product product, Texts texts, Announcements announcements, TrafficStats stats) {
  Addresses addresses() {
    return product.addresses();
  }

  TrafficSql sql() {
    return product.sql();
  }

  PlannedIds ids() {
    return product.ids();
  }

  RowSql sql(Interaction row) {
    return product.sql().of(row);
  }

  RowSql.Values values(Interaction row) {
    return new InteractionValues(row, product.ids(), texts);
  }
}
