package dev.weir.nginxconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handwritten.ConfException;
import dev.weir.handwritten.Edits;
import java.util.List;
import java.util.stream.Collectors;
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

  /** A directive as it is written, and the shape in which it should be read. */
  record Written(String text, String shape) {}

  @Property
  void what_was_written_is_what_is_read(@ForAll("files") Written file) {
    assertThat(shape(ConfText.parse(file.text()).directives())).isEqualTo(file.shape());
  }

  @Property
  void between_the_tokens_is_nothing_but_blanks(@ForAll("files") Written file) {
    String text = file.text();
    int at = 0;
    for (Token token : Tokens.of(text)) {
      assertThat(text.substring(at, token.span().start())).isBlank();
      assertThat(token.line()).isEqualTo(1 + lineEnds(text.substring(0, token.span().start())));
      at = token.span().end();
    }
    assertThat(text.substring(at)).isBlank();
  }

  @Property
  void one_directive_taken_away_leaves_all_others(@ForAll("files") Written file) {
    List<Directive> before = ConfText.parse(file.text()).directives();
    Edits edits = new Edits(file.text());
    edits.remove(before.getFirst().start(), before.getFirst().end());
    assertThat(shape(ConfText.parse(edits.apply()).directives()))
        .isEqualTo(shape(before.subList(1, before.size())));
  }

  @Property
  void nonsense_is_read_or_named_with_its_place(@ForAll("nonsense") String text) {
    try {
      assertThat(ConfText.parse(text).text()).isEqualTo(text);
    } catch (ConfException e) {
      assertThat(e.line()).isBetween(1, 1 + lineEnds(text));
      assertThat(e.column()).isBetween(1, text.length() + 1);
    }
  }

  private static int lineEnds(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  private static String shape(List<Directive> directives) {
    return directives.stream()
        .map(d ->
            d.words().stream().map(Token::text).toList()
                + (d.hasBlock() ? "{" + shape(d.block()) + "}" : ""))
        .collect(Collectors.joining());
  }

  @Provide
  Arbitrary<String> nonsense() {
    return Arbitraries.strings()
        .withChars("ab ;{}#\"'\\$\n\r\t[]=-\u00fc")
        .ofMaxLength(60)
        .map(text -> text.replace("ab", "x_by_lua_block {"));
  }

  @Provide
  Arbitrary<Written> files() {
    return Combinators.combine(
            directives(3).list().ofMinSize(1).ofMaxSize(6), Arbitraries.of("", "\n", " # end"))
        .as((all, end) -> joined(all, "", end));
  }

  private static Arbitrary<Written> directives(int depth) {
    Arbitrary<Written> simple =
        Combinators.combine(words(), gaps(), Arbitraries.of("", " # c\n", " # ; } {\n", "\r\n"))
            .as((words, gap, after) ->
                new Written(gap + words.text() + ";" + after, words.shape()));
    Arbitrary<Written> lua =
        lua().map(body -> new Written("c_by_lua_block{" + body + "}", "[c_by_lua_block]{}"));
    if (depth == 0) {
      return Arbitraries.oneOf(simple, lua);
    }
    Arbitrary<Written> block =
        Combinators.combine(words(), gaps(), directives(depth - 1).list().ofMaxSize(4))
            .as((words, gap, inside) -> {
              Written body = joined(inside, gap, gap);
              return new Written(
                  gap + words.text() + " {" + body.text() + "}",
                  words.shape() + "{" + body.shape() + "}");
            });
    return Arbitraries.oneOf(simple, lua, block);
  }

  private static Written joined(List<Written> all, String before, String after) {
    return new Written(
        all.stream().map(Written::text).collect(Collectors.joining("", before, after)),
        all.stream().map(Written::shape).collect(Collectors.joining()));
  }

  private static Arbitrary<Written> words() {
    return Combinators.combine(
            word().filter(w -> !w.text().contains("lua")), word().list().ofMaxSize(4), gaps())
        .as((first, rest, gap) -> {
          String blank = gap.isEmpty() ? " " : gap;
          return new Written(
              rest.stream()
                  .map(word -> blank + word.text())
                  .collect(Collectors.joining("", first.text(), "")),
              rest.stream()
                  .map(word -> ", " + word.shape())
                  .collect(Collectors.joining("", "[" + first.shape(), "]")));
        });
  }

  private static Arbitrary<Written> word() {
    return Arbitraries.of(
        new Written("server", "server"),
        new Written("10.0.0.1:80", "10.0.0.1:80"),
        new Written("\"a b\"", "a b"),
        new Written("';{}#'", ";{}#"),
        new Written("\"\\\"\"", "\""),
        new Written("a\"b", "a\"b"),
        new Written("x#y", "x#y"),
        new Written("${z}", "${z}"),
        new Written("\"$\"", "$"),
        new Written("a\\;b", "a\\;b"),
        new Written("a\\ b", "a\\ b"),
        new Written("a}b", "a}b"),
        new Written("\u00fc", "\u00fc"),
        new Written("''", ""));
  }

  private static Arbitrary<String> gaps() {
    return Arbitraries.of("", " ", "\n", "\r\n\t", "\n# ; } {\n  ");
  }

  private static Arbitrary<String> lua() {
    return Arbitraries.of(
            " local a = { b = '}' } ",
            "\"{\\\"{\"",
            "[[ } ]]",
            "[=[ ]] } ]=]",
            "-- } '\n",
            "t[1]",
            "--[[ }\n]]",
            "a - -b ")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join(" ", parts));
  }
}
