package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void furtherLinesStandBehindABarWithTheirBlanks() {
    assertThat(Terminal.block("edge: no such field\n  {{.x}}\n    ^"))
        .isEqualTo("edge: no such field\n            |   {{.x}}\n            |     ^");
    assertThat(Terminal.block("one line")).isEqualTo("one line");
    assertThat(Terminal.block("")).isEmpty();
  }

  @Test
  void whatCouldMoveTheCursorIsShownAsAnEscape() {
    assertThat(Terminal.block("a\u001b[2J\nb\rc"))
        .isEqualTo("a\\u001b[2J\n            | b\n            | c");
  }
}
