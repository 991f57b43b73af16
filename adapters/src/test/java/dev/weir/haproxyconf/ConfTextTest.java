package dev.weir.haproxyconf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.handwritten.ConfException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfTextTest {

  @Test
  void words_are_told_apart_as_haproxy_does() {
    assertThat(words("server a\t10.0.0.1:80  check"))
        .containsExactly("server", "a", "10.0.0.1:80", "check");
    assertThat(words("a'b c'\"d e\"f")).containsExactly("ab cd ef");
    assertThat(words("a\\ b \\# \\\\ \\\" \\' \\x41\\x7a"))
        .containsExactly("a b", "#", "\\", "\"", "'", "Az");
    assertThat(words("\\$ \"\\$\" '\\$'")).containsExactly("\\$", "$", "\\$");
    assertThat(words("\\q '\\q' '\\ ' \"\\ \"")).containsExactly("\\q", "\\q", "\\ ", " ");
    assertThat(words("\\t\\n\\r")).containsExactly("\t\n\r");
    assertThat(words("a '' \"\" b")).containsExactly("a", "", "", "b");
    assertThat(words("a#b")).containsExactly("a");
    assertThat(words("'#' \"#\" # c")).containsExactly("#", "#");
    assertThat(words("a\r b")).containsExactly("a");
    assertThat(words("\ra \r b")).containsExactly("a", "b");
    assertThat(words("$HOME '$HOME'")).containsExactly("$HOME", "$HOME");
  }

  @Test
  void a_variable_counts_in_double_quotes_only_and_stays_as_it_is_written() {
    Line line =
        ConfText.line("a \"$X\" \"x${Y}z\" \"${Z[*]}\" \"${D-a b}\" $X '$X' \"\\$X\" \"$.LINE\"");
    assertThat(line.texts())
        .containsExactly("a", "$X", "x${Y}z", "${Z[*]}", "${D-a b}", "$X", "$X", "$X", "$.LINE");
    assertThat(line.words().stream().map(Word::variable))
        .containsExactly(false, true, true, true, true, false, false, false, true);
  }

  @Test
  void every_word_knows_where_it_stands() {
    String text = "global\n  a 'b c' # d\n";
    Line line = ConfText.parse(text).sections().getFirst().lines().getFirst();
    assertThat(line.words().stream().map(w -> text.substring(w.start(), w.end())))
        .containsExactly("a", "'b c'");
    assertThat(line.number()).isEqualTo(2);
    assertThat(line.remark(text)).contains(" d");
    assertThat(text.substring(line.start(), line.end())).isEqualTo("  a 'b c' # d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          global\\n a "b\\n      | 2 | 4  | a quotation mark without its partner in the same line
          global\\n a 'b"\\n     | 2 | 4  | a quotation mark without its partner in the same line
          global\\n a \\\\x4g\\n | 2 | 4  | \\x without two hexadecimal digits
          global\\n a "$"\\n     | 2 | 5  | $ without the name of a variable (expected: \\$ for the character)
          global\\n a "${X"\\n   | 2 | 5  | ${ without its } behind the name
          global\\n a "${X[1]}"  | 2 | 8  | "[" after a variable (expected: [*])
          a b\\n                 | 1 | 1  | 'a' stands in no section (expected: global, defaults, backend or another one first)
          global\\n.if 1\\n      | 2 | 1  | .if without its .endif in the same file
          global\\n .endif\\n    | 2 | 2  | .endif without its .if
          .if 1\\n.else\\n.elif  | 3 | 1  | .elif after .else (expected: .endif)
          .if 1\\n.else\\n.else  | 3 | 1  | a second .else (expected: .endif)
          .if 1\\n.endif x       | 2 | 1  | .endif with more behind it (expected: nothing)
          .notice a b            | 1 | 1  | .notice with more than one word (expected: quotes)
          """)
  void what_is_no_configuration_is_named_with_its_place(
      String text, int line, int column, String message) {
    assertThatThrownBy(() -> ConfText.parse(text.replace("\\n", "\n").replace("\\\\", "\\")))
        .isInstanceOfSatisfying(
            ConfException.class,
            e -> {
              assertThat(e).hasMessage(message.replace("\\\\", "\\"));
              assertThat(List.of(e.line(), e.column())).containsExactly(line, column);
            });
  }

  @Test
  void an_unknown_directive_is_no_matter_where_it_may_be_skipped() {
    assertThat(ConfText.parse(".if 0\n.new\nfoo\n.endif\n").sections()).isEmpty();
    assertThatThrownBy(() -> ConfText.parse(".new\n"))
        .hasMessageStartingWith("unknown directive .new");
  }

  @Test
  void sections_hold_their_lines_with_conditions_comments_and_blank_ones() {
    ConfText conf =
        ConfText.parse(
            """
            # before all
            global
              maxconn 10

            .if defined(X)
            defaults tcp from base
              mode tcp
            .endif
            listen web
              bind :80 # here
              server a 10.0.0.1:80 check
            .if 1
              server b 10.0.0.2:80
            .endif
              server-template c 1-3 c.example:80
            """);
    assertThat(conf.sections().stream().map(s -> s.kind() + ":" + s.name()))
        .containsExactly("global:", "defaults:tcp", "listen:web");
    assertThat(conf.sections().get(1).from()).contains("base");
    Section web = conf.sections().getLast();
    assertThat(web.hasServers()).isTrue();
    assertThat(web.servers().stream().map(s -> s.name().text() + s.isCertain()))
        .containsExactly("atrue", "bfalse");
    assertThat(web.settings().map(Line::keyword)).containsExactly("bind", "server-template");
  }

  @Test
  void lines_may_end_as_they_like() {
    ConfText conf = ConfText.parse("backend a\r\n  server b 10.0.0.1:1\r\n\r\n  # c\r\n  mode tcp");
    Section a = conf.sections().getFirst();
    assertThat(a.name()).isEqualTo("a");
    assertThat(a.servers().getFirst().address().text()).isEqualTo("10.0.0.1:1");
    assertThat(a.lines().getLast().texts()).containsExactly("mode", "tcp");
    assertThat(a.lines().get(2).remark(conf.text())).contains(" c");
  }

  private static List<String> words(String line) {
    return ConfText.line(line).texts();
  }
}
