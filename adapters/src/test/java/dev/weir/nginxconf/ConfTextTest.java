package dev.weir.nginxconf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.handwritten.ConfException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfTextTest {

  @Test
  void words_are_what_nginx_takes_them_for() {
    assertThat(only("a \"b c\" 'd\\'e' f\\ g ${h}i l\\;m \"n\\\"o\" p#q p}r;").arguments())
        .containsExactly("b c", "d'e", "f\\ g", "${h}i", "l\\;m", "n\"o", "p#q", "p}r");
    assertThat(only("if ($a = \"x\") { b; }").arguments()).containsExactly("($a", "=", "x", ")");
  }

  @Test
  void a_brace_begins_a_block_unless_a_dollar_sign_stands_right_before_it() {
    assertThat(only("a $b{ c; }").arguments()).containsExactly("$b");
    assertThat(only("a b${{c;").arguments()).containsExactly("b${{c");
  }

  @Test
  void an_escaped_dollar_sign_begins_no_variable() {
    Directive directive = only("a \\${ b; }");
    assertThat(directive.hasBlock()).isTrue();
    assertThat(directive.block()).extracting(Directive::name).containsExactly("b");
  }

  @Test
  void blocks_nest_and_keep_their_order() {
    Directive http = only("http { a; b { c d; } # e\n f; }");
    assertThat(http.block()).extracting(Directive::name).containsExactly("a", "b", "f");
    assertThat(http.block().get(1).block().getFirst().arguments()).containsExactly("d");
    assertThat(http.block().get(1).remark()).isEqualTo(" e");
    assertThat(http.block().get(2).remark()).isEmpty();
  }

  @Test
  void what_stands_in_a_block_of_lua_is_lua() {
    String lua =
        """
        access_by_lua_block {
          local a = "}" .. '\\'}' -- } in a comment
          local b = [[ } ]] .. [==[ ]] } ]==]
          --[[ } ]]
          if #t > 0 and t[1] then f({ 1, { 2 } }) end
        }
        after;
        """;
    List<Directive> read = ConfText.parse(lua).directives();
    assertThat(read).extracting(Directive::name).containsExactly("access_by_lua_block", "after");
    assertThat(read.getFirst().block()).isEmpty();
    assertThat(read.getLast().line()).isEqualTo(7);
  }

  @Test
  void a_directive_knows_where_it_stands() {
    String text = "a;\r\n  b {\r\n\tserver x; # y\r\n}";
    Directive b = ConfText.parse(text).directives().getLast();
    assertThat(b.line()).isEqualTo(2);
    assertThat(b.words().getFirst().span().column()).isEqualTo(3);
    assertThat(b.source(text)).isEqualTo("b {\r\n\tserver x; # y\r\n}");
    assertThat(b.block().getFirst().source(text)).isEqualTo("server x;");
    assertThat(b.block().getFirst().remark()).isEqualTo(" y\r");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          `a {\n  b;\n`          | 1:1: 'a' { has no end (expected: its })
          `a;\n  b c`            | 2:3: 'b' has no end (expected: ; or {)
          `a;\n }`               | 2:2: unexpected '}' (expected: a directive, or the end)
          `a { b }`              | 1:7: unexpected '}' (expected: ; or {)
          `a;;`                  | 1:3: unexpected ';' (expected: a directive)
          `{ a; }`               | 1:1: unexpected '{' (expected: a directive)
          `a\n "b;`              | 2:2: a quotation mark without its partner
          `a "b"c;`              | 1:6: "c" right after a quotation (expected: a blank)
          `a b\\`                | 1:5: a backslash at the end
          `x_by_lua_block { "} ` | 1:17: a block of Lua without its end (expected: its })
          """)
  void what_is_no_configuration_is_named_with_its_place(String text, String message) {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> ConfText.parse(text.replace("\\n", "\n").replace("\\\\", "\\")))
        .satisfies(e -> assertThat(e.in("f")).isEqualTo("f:" + message));
  }

  @Test
  void deep_nesting_is_no_danger() {
    int depth = 100_000;
    assertThat(ConfText.parse("a {".repeat(depth) + "}".repeat(depth)).directives()).hasSize(1);
  }

  private static Directive only(String text) {
    return ConfText.parse(text).directives().getFirst();
  }
}
