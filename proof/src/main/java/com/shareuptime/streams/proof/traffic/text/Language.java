package com.shareuptime.streams.proof.traffic.text;

import com.shareuptime.streams.proof.traffic.text.WordList.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics of one language, each with its own sentences and those that fit any topic.
 *
 * @param ends what may stand after a sentence
 */
record Language(String code, List<String> ends, List<TextTopic> topics) {
  private static final String SENTENCE = "- ";

  static Language read(String code) {
    List<Section> sections = WordList.read(code + ".txt");
    Section any = sections.get(0);
    Map<String, List<String>> common = lists(any);
    List<TextTopic> topics = new ArrayList<>();
    for (Section section : sections.subList(1, sections.size())) {
      Map<String, List<String>> lists = new HashMap<>(common);
      lists.putAll(lists(section));
      List<Phrase> phrases = new ArrayList<>();
      for (Section from : List.of(any, section)) {
        from.lines().stream()
            .filter(line -> line.startsWith(SENTENCE))
            .map(line -> Phrase.of(line.substring(SENTENCE.length()), lists))
            .forEach(phrases::add);
      }
      topics.add(
          new TextTopic(
              section.title(),
              WordList.split(section.rest(), ' '),
              lists.get("emoji"),
              List.copyOf(phrases)));
    }
    return new Language(code, common.get("end"), List.copyOf(topics));
  }

  private static Map<String, List<String>> lists(Section section) {
    Map<String, List<String>> lists = new HashMap<>();
    for (String line : section.lines()) {
      if (!line.startsWith(SENTENCE)) {
        int colon = line.indexOf(':');
        lists.put(line.substring(0, colon), WordList.values(line.substring(colon + 1)));
      }
    }
    return lists;
  }
}
