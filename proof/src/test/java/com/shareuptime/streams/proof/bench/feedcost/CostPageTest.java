package com.shareuptime.streams.proof.bench.feedcost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostPageTest {
  private static final FollowGraph GRAPH = new PowerLaw(100_000, 50, 2.3).graph();
  private static final UnitCosts COSTS = new UnitCosts(3, 30);

  @TempDir private Path docs;

  @Test
  void onlyWhatIsBetweenTheMarksIsReplaced() throws Exception {
    Path page = docs.resolve("feeds-cost.md");
    Files.writeString(page, "before\n<!-- feed-cost -->\nold\n<!-- end of feed-cost -->\nafter\n");

    new CostPage(docs).write("new\n", "<svg/>");

    assertThat(page)
        .hasContent("before\n<!-- feed-cost -->\nnew\n<!-- end of feed-cost -->\nafter\n");
    assertThat(docs.resolve("feeds-cost.svg")).hasContent("<svg/>");
  }

  @Test
  void aPageWithoutMarksIsLeftAlone() throws Exception {
    Path page = Files.writeString(docs.resolve("feeds-cost.md"), "by hand\n");

    assertThatThrownBy(() -> new CostPage(docs).write("new\n", "<svg/>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("feed-cost");
    assertThat(page).hasContent("by hand\n");
  }

  @Test
  void thePlotIsXmlWithItsThreeCurves() throws Exception {
    CostModel model = new CostModel(GRAPH, new Load(0.25, 0.5, 0.3, 20), COSTS);

    String svg = new CostPlot(model.curve(), 10_000).svg();

    var plot =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(plot.getElementsByTagName("polyline").getLength()).isEqualTo(3);
    assertThat(svg).contains("in use: 10,000").doesNotContain("NaN", "Infinity");
  }

  @Test
  void everyRowOfTheTableHasTheSameColumns() {
    CostModel model = new CostModel(GRAPH, new Load(0.25, 0.5, 0.3, 20), COSTS);

    String report = new CostReport(GRAPH, model, COSTS, 10_000, 1).markdown();

    assertThat(report.lines().filter(line -> line.startsWith("|")))
        .hasSizeGreaterThan(5)
        .allSatisfy(line -> assertThat(line.chars().filter(c -> c == '|').count()).isEqualTo(15));
    assertThat(report).contains(" none |", "nobody is pulled");
  }
}
