package com.shareuptime.streams.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.check.CheckFinding.Verdict;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which index doctor warns of, on a real OpenSearch. */
@Timeout(120)
class IndexCheckIT {
  private final OpenSearch openSearch =
      OpenSearch.at(LocalStack.shared(Set.of(Server.OPENSEARCH)).openSearchUrl());

  @Test
  void anIndexOfAnEarlierBuildIsToBeMadeAnew() throws IOException {
    make("cli/src/test/resources/opensearch/posts-version-1.json");
    CheckFinding old = posts();
    assertThat(old.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(old.remedy()).contains("./streams reindex posts");

    make("contract/src/main/resources/opensearch/posts.json");
    assertThat(posts().verdict()).isEqualTo(Verdict.OK);
  }

  private void make(String description) throws IOException {
    openSearch.ask("DELETE", "/posts_v*", "");
    openSearch.ask(
        "PUT", "/posts_v1", Files.readString(Installation.find().root().resolve(description)));
  }

  private CheckFinding posts() {
    return new IndexCheck(openSearch)
        .run().stream()
            .filter(finding -> finding.check().equals("opensearch alias posts"))
            .findFirst()
            .orElseThrow();
  }
}
