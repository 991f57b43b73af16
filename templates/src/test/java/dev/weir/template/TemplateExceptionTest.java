package dev.weir.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateExceptionTest {
  @Test
  void showsTheLineWithACaret() {
    Source source = Source.of("a.tmpl", "one\n\t\u00e9\ud83d\ude00 {{bad}}\nthree");
    Place place = source.placeOfByte(4 + 1 + 2 + 4 + 1 + 2);

    assertThat(place).hasToString("2:7");
    assertThat(source.placeOfChar(4 + 1 + 1 + 2 + 1 + 2)).isEqualTo(place);
    assertThat(error(source, place).describe())
        .isEqualTo("a.tmpl:2:7: what is wrong\n\t\u00e9\ud83d\ude00 {{bad}}\n\t     ^");
  }

  @Test
  void showsThePartOfALongLineAroundTheColumn() {
    Source source = Source.of("a", "x".repeat(1_000) + "!" + "y".repeat(1_000));
    String[] lines = error(source, new Place(1, 1_001)).describe().split("\n");

    assertThat(lines[1]).hasSize(160);
    assertThat(lines[1].charAt(lines[2].indexOf('^'))).isEqualTo('!');
  }

  @Test
  void pointsBehindTheEndWhereTheTextEnds() {
    Source source = Source.of("a", "ab\n");

    assertThat(error(source, source.placeOfByte(3)).describe())
        .isEqualTo("a:2:1: what is wrong\n\n^");
  }

  private static TemplateException error(Source source, Place place) {
    return new TemplateException(TemplateException.Kind.SYNTAX, source, place, "what is wrong");
  }
}
