package dev.weir.kv.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys and values a text stands for. */
final class YamlPairsTest {

  private static final Path FILE = Path.of("keys.yaml");

  @Test
  void mappingsAndListsArePaths() throws IOException {
    assertThat(pairs("a: {b: [x, {c: w}]}\nd: z\n"))
        .isEqualTo(Map.of("/a/b/0", "x", "/a/b/1/c", "w", "/d", "z"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "text, text",
        "\"0644\", 0644",
        "'yes', yes",
        "!!str 0644, 0644",
        "yes, true",
        "on, true",
        "y, true",
        "Off, false",
        "N, false",
        "42, 42",
        "+42, 42",
        "-7, -7",
        "1_000, 1000",
        "0644, 420",
        "0o17, 15",
        "0x1F, 31",
        "0b101, 5",
        "0, 0",
        "08, 8",
        "9223372036854775808, 9223372036854775808",
        "1.50, 1.5",
        "1e3, 1000",
        "1., 1",
        ".5, 0.5",
        "-0.0, -0",
        "1e-7, 0.0000001",
        ".inf, +Inf",
        "-.inf, -Inf",
        ".nan, NaN",
        "2020-01-02, 2020-01-02",
        "10.0.0.1:80, 10.0.0.1:80",
        "1.2.3, 1.2.3",
        "0x, 0x",
        "yes please, yes please"
      })
  void aScalarIsTheTextThatItStandsFor(String scalar, String text) throws IOException {
    assertThat(pairs("k: " + scalar)).isEqualTo(Map.of("/k", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k:", "k: null", "k: ~", "k: {}", "k: []", "{}"})
  void nothingIsNoKey(String text) throws IOException {
    assertThat(pairs(text)).isEmpty();
  }

  @Test
  void keysAreTakenAsTheyAreWritten() throws IOException {
    assertThat(pairs("1: a\nyes: b\n0644: c\n"))
        .isEqualTo(Map.of("/1", "a", "/yes", "b", "/0644", "c"));
  }

  @Test
  void ofEqualKeysTheLastCountsAndOfDocumentsTheFirst() throws IOException {
    assertThat(pairs("a: 1\na: 2\n---\na: 3\nb: 4\n")).isEqualTo(Map.of("/a", "2"));
  }

  @Test
  void aliasesAndMergedMappingsAreWrittenOut() throws IOException {
    assertThat(pairs("base: &b {x: 1, y: 2}\nthis: {<<: *b, y: 3}\nthat: *b\n"))
        .isEqualTo(
            Map.of(
                "/base/x", "1", "/base/y", "2", "/this/x", "1", "/this/y", "3", "/that/x", "1",
                "/that/y", "2"));
    assertThat(pairs("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\n"))
        .containsEntry("/c/x", "1")
        .containsEntry("/c/y", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "text",
        "[a, b]",
        "a: [1",
        "{\"a\": {\"b\"",
        "? [a]\n: b",
        "a: *b",
        "a: {<<: 1}",
        "\u0000",
        "{\"a\": \"\\u00",
        "a: \"\\UFFFFFFFF\""
      })
  void whatIsNoMappingIsAProblemWithItsFile(String text) {
    assertThatThrownBy(() -> pairs(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("keys.yaml")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aProblemNamesItsLine() {
    assertThatThrownBy(() -> pairs("a: 1\nb: *c\n")).hasMessageStartingWith("keys.yaml:2: ");
  }

  @Test
  void aSmallTextThatStandsForAHugeOneIsRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", before, before, before)));
    }
    String values = text.toString();
    assertThatThrownBy(() -> pairs(values)).hasMessageContaining("values, aliases written out");
    String empty = values.replace("x", "[]");
    assertThatThrownBy(() -> pairs(empty)).hasMessageContaining("values, aliases written out");
  }

  @Test
  void aTextThatIsNestedWithoutEndIsRefused() {
    assertThatThrownBy(() -> pairs("a: " + "[".repeat(100_000)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("deep");
  }

  private static Map<String, String> pairs(String text) throws IOException {
    return YamlPairs.of(FILE, text.getBytes(StandardCharsets.UTF_8));
  }
}
