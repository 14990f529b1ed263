package com.shareuptime.streams.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each link of a page leads to a file that is there, and to a heading that it has. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern SCHEME = Pattern.compile("[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
  private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");

  private final Map<Path, Set<String>> anchors = new HashMap<>();

  @Test
  void everyRelativeLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : Pages.all()) {
      for (Matcher link = LINK.matcher(prose(page)); link.find(); ) {
        String target = link.group(1);
        if (!SCHEME.matcher(target).matches()) {
          links++;
          if (!leadsSomewhere(page, target)) {
            broken.add(Pages.ROOT.relativize(page) + " links to " + target);
          }
        }
      }
    }
    assertThat(links).isGreaterThan(200);
    assertThat(broken).isEmpty();
  }

  private boolean leadsSomewhere(Path page, String target) {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (parts.length == 1) {
      return Files.exists(file);
    }
    return Files.isRegularFile(file)
        && anchors.computeIfAbsent(file, LinksTest::anchors).contains(parts[1]);
  }

  /** As GitHub names headings; one that comes again gets a number. */
  private static Set<String> anchors(Path page) {
    Set<String> names = new HashSet<>();
    Map<String, Integer> times = new HashMap<>();
    for (Matcher heading = HEADING.matcher(prose(page)); heading.find(); ) {
      String text = LINKED_TEXT.matcher(heading.group(1)).replaceAll("$1");
      String name =
          text.toLowerCase(Locale.ROOT)
              .strip()
              .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
              .replace(' ', '-');
      int before = times.merge(name, 1, Integer::sum) - 1;
      names.add(before == 0 ? name : name + "-" + before);
    }
    return names;
  }

  /** Without code, which has brackets of its own. */
  private static String prose(Path page) {
    return BLOCK.matcher(Pages.text(page)).replaceAll("");
  }

  @Test
  void theIndexOfDecisionsHasEachOnce() {
    String index = Pages.text("docs/decisions/README.md");
    List<String> listed = LINK.matcher(index).results().map(link -> link.group(1)).toList();
    List<String> decisions =
        Pages.all().stream()
            .filter(page -> page.getParent().endsWith("decisions"))
            .map(page -> page.getFileName().toString())
            .filter(name -> !name.equals("README.md"))
            .toList();
    assertThat(listed).filteredOn(decisions::contains).doesNotHaveDuplicates();
    assertThat(listed).containsAll(decisions);
  }
}
