package com.shareuptime.streams.counters.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.counters.event.InvalidEvent.Reason;
import com.shareuptime.streams.testing.Repository;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for senders of events says of each what the job does with it. */
class SendingEventsPageTest {
  private static final String PAGE = Repository.text("docs/sending-events.md");
  private static final long APPENDED = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
  private static final Pattern SHOWN = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WRONG = Pattern.compile("\\| `([a-z0-9-]+)` \\| (.*) \\|");
  private static final Pattern CODE = Pattern.compile("`(\\{.*)`");

  private final EventParser parser = new EventParser(300_000, IdKinds.NUMBERS);

  @Test
  void eachEventThatIsShownCounts() {
    String section =
        between("## likes-events, comments-events, shares-events\n", "## user-activity\n");
    List<String> shown = SHOWN.matcher(section).results().map(found -> found.group(1)).toList();
    assertThat(shown).hasSizeGreaterThan(3);
    for (String event : shown) {
      assertThatCode(() -> parse(event)).as(event).doesNotThrowAnyException();
    }
  }

  @Test
  void eachWrongEventGetsTheReasonBesideIt() {
    List<String> reasons = new ArrayList<>();
    Matcher row = WRONG.matcher(between("<!-- wrong events -->\n", "<!-- end of wrong events -->"));
    while (row.find()) {
      String reason = row.group(1);
      reasons.add(reason);
      Matcher event = CODE.matcher(row.group(2));
      if (event.matches()) {
        assertThatThrownBy(() -> parse(event.group(1)))
            .as(event.group(1))
            .isInstanceOfSatisfying(
                InvalidEvent.class,
                invalid -> assertThat(invalid.reason().text()).isEqualTo(reason));
      }
    }
    assertThat(reasons)
        .containsExactlyInAnyOrderElementsOf(Stream.of(Reason.values()).map(Reason::text).toList());
  }

  private void parse(String event) throws InvalidEvent {
    parser.parse(event.getBytes(StandardCharsets.UTF_8), APPENDED);
  }

  private static String between(String begin, String end) {
    assertThat(PAGE).contains(begin, end);
    int from = PAGE.indexOf(begin) + begin.length();
    return PAGE.substring(from, PAGE.indexOf(end, from));
  }
}
