package com.shareuptime.streams.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.hole.FilledHole;
import com.shareuptime.streams.cli.hole.FilledHole.State;
import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.output.Output;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconcileViewTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ReconcileView view(long run, long wrong) {
    SurfaceResult result =
        new SurfaceResult("counters.redis", 1, 10, wrong, 0, 0, 0, 0, 5, 300, "0/1");
    return new ReconcileView(run, 1, List.of(result), List.of(), null, "", List.of(), List.of());
  }

  @Test
  void whatWasComparedBeforeARepairIsInTheJsonToo() throws Exception {
    ReconcileView last = view(3, 0).after(view(2, 1).after(view(1, 4)));
    JsonNode json = JSON.readTree(Output.json(last));
    assertThat(json.path("run").asInt()).isEqualTo(3);
    assertThat(json.path("earlier")).hasSize(2);
    assertThat(json.at("/earlier/0/run").asInt()).isEqualTo(1);
    assertThat(json.at("/earlier/0/surfaces/0/wrong").asInt()).isEqualTo(4);
    assertThat(json.at("/earlier/1/run").asInt()).isEqualTo(2);
    assertThat(json.at("/earlier/1").has("earlier")).isFalse();
  }

  @Test
  void aRowThatSurfacesLackIsNotRight() {
    Hole hole =
        new Hole(
            "posts", "{\"id\":42}", "1:2:3", "0/2", List.of("content"), "too large", "now", null);
    ReconcileView view = view(1, 0);
    assertThat(view.withHoles(List.of(new FilledHole(hole, State.FILLED, "whole"))).isRight())
        .isTrue();
    ReconcileView open =
        view.withHoles(List.of(new FilledHole(hole, State.OPEN, "nobody said yes")));
    assertThat(open.isRight()).isFalse();
    assertThat(open.text())
        .contains("posts {\"id\":42}", "search.posts", "OPEN", "nobody said yes");
    assertThat(Output.json(open)).contains("\"columns\" : [ \"content\" ]", "\"state\" : \"OPEN\"");
  }

  @Test
  void theLastComparisonDecides() {
    assertThat(view(2, 0).after(view(1, 4)).isRight()).isTrue();
    assertThat(view(2, 4).after(view(1, 0)).isRight()).isFalse();
    assertThat(Output.json(view(1, 0))).doesNotContain("earlier");
  }
}
