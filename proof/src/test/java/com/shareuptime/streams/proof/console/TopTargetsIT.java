package com.shareuptime.streams.proof.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.Servers;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.Product;
import com.shareuptime.streams.proof.traffic.SingleRows;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopTargetsIT {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theMostLikedComesFirstWithItsCounts(boolean uuids) throws Exception {
    Product product = uuids ? Servers.uuids() : Servers.product();
    SingleRows rows = SingleRows.of(product);
    try (Handle handle = ProductDatabase.at(product.addresses()).open()) {
      handle.execute("truncate public.users, public.likes cascade");
      Id author = rows.user(handle, "author");
      Target often = Target.post(rows.post(handle, author));
      Target once = Target.post(rows.post(handle, author));
      int unused = rows.like(handle, often, author);
      unused += rows.like(handle, often, rows.user(handle, "other"));
      unused += rows.like(handle, once, author);

      assertThat(new TopTargets(product.kinds()).read(handle))
          .containsExactly(
              Map.entry(often, Counts.of(2, 0, 0)), Map.entry(once, Counts.of(1, 0, 0)));
      handle.execute("truncate public.users, public.likes cascade");
    }
  }
}
