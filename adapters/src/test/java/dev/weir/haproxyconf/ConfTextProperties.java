package dev.weir.haproxyconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The reader over generated configurations and over nonsense. {@code -Djqwik.tries.default=1000000}
 * makes a long run of it.
 */
class ConfTextProperties {

  /** A line as it is written, and the words that should be read. */
  record Written(String text, List<String> words) {}

  @Property
  void what_was_written_is_what_is_read(@ForAll("lines") List<Written> lines) {
    assertThat(shape(ConfText.parse(text(lines)))).isEqualTo(words(lines));
  }

  @Property
  void all_lines_together_are_the_text(@ForAll("lines") List<Written> lines) {
    String text = text(lines);
    int at = 0;
    for (Line line : all(ConfText.parse(text))) {
      assertThat(text.substring(at, line.start())).isIn("", "\n", "\r\n");
      for (Word word : line.words()) {
        assertThat(word.start()).isBetween(line.start(), word.end());
        assertThat(word.end()).isLessThanOrEqualTo(line.end());
      }
      at = line.end();
    }
    assertThat(text.substring(at)).isIn("", "\n", "\r\n");
  }

  @Property
  void one_line_taken_away_leaves_all_others(@ForAll("lines") List<Written> lines) {
    String text = text(lines);
    ConfText before = ConfText.parse(text);
    Line gone = all(before).getLast();
    Edits edits = new Edits(text);
    edits.remove(gone.start(), gone.end());
    List<Written> left = new ArrayList<>(lines);
    left.removeLast();
    assertThat(shape(ConfText.parse(edits.apply()))).isEqualTo(words(left));
  }

  @Property
  void nonsense_is_read_or_named_with_its_place(@ForAll("nonsense") String text) {
    try {
      assertThat(ConfText.parse(text).text()).isEqualTo(text);
    } catch (ConfException e) {
      assertThat(e.line())
          .isBetween(1, 1 + Math.toIntExact(text.chars().filter(c -> c == '\n').count()));
      assertThat(e.column()).isBetween(1, text.length() + 1);
    }
  }

  private static String text(List<Written> lines) {
    return "global\n" + lines.stream().map(Written::text).collect(Collectors.joining());
  }

  private static List<List<String>> words(List<Written> lines) {
    return Stream.concat(Stream.of(List.of("global")), lines.stream().map(Written::words)).toList();
  }

  private static List<List<String>> shape(ConfText conf) {
    return all(conf).stream().map(Line::texts).toList();
  }

  private static List<Line> all(ConfText conf) {
    return conf.sections().stream()
        .flatMap(s -> Stream.concat(Stream.of(s.header()), s.lines().stream()))
        .toList();
  }

  @Provide
  Arbitrary<String> nonsense() {
    return Arbitraries.strings()
        .withChars("ab x4.${}[*]-#\"'\\\n\r\t\u0000\u00fc")
        .ofMaxLength(60)
        .map(text ->
            text.replace("ab", "\n.if 1\n")
                .replace("ba", "\n.endif\n")
                .replace("xx", "\nglobal\n"));
  }

  @Provide
  Arbitrary<List<Written>> lines() {
    return Combinators.combine(
            Arbitraries.of("", "  ", "\t", "\f ", "\r"),
            word().list().ofMaxSize(5),
            Arbitraries.of(" ", "\t", "   "),
            Arbitraries.of("\n", "\r\n", " \n", "# c\n", " # \"c' \\\n"))
        .as(ConfTextProperties::line)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static Written line(String indent, List<Written> words, String gap, String end) {
    return new Written(
        words.stream().map(Written::text).collect(Collectors.joining(gap, indent, end)),
        words.stream().flatMap(word -> word.words().stream()).toList());
  }

  private static Arbitrary<Written> word() {
    return Arbitraries.of(
        one("server", "server"),
        one("10.0.0.1:80", "10.0.0.1:80"),
        one("\"a b\"", "a b"),
        one("'# \\\"'", "# \\\""),
        one("\"'\\\"\"", "'\""),
        one("a\\ b", "a b"),
        one("a\\#b", "a#b"),
        one("a\"\"b", "ab"),
        one("\"${X}\"", "${X}"),
        one("\"a$X b\"", "a$X b"),
        one("$X", "$X"),
        one("\\x41", "A"),
        one("\u00fc", "\u00fc"),
        one("''", ""));
  }

  private static Written one(String text, String word) {
    return new Written(text, List.of(word));
  }
}
