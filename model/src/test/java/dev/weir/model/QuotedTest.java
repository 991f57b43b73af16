package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Foreign text in messages. */
class QuotedTest {

  @Test
  void escapesWhatWouldBreakOutOfItsLineOrItsQuotes() {
    assertThat(Quoted.of("a\"b\\c\nd\te\r\u001b[31m\u0000"))
        .isEqualTo("\"a\\\"b\\\\c\\nd\\te\\r\\u001b[31m\\u0000\"");
  }

  @Test
  void isCutWhereItIsLong() {
    assertThat(Quoted.of("x".repeat(5000))).hasSize(205).endsWith("...\"");
  }

  @Property
  void neverHoldsAControlCharacter(@ForAll String text) {
    assertThat(Quoted.of(text).chars().noneMatch(Character::isISOControl)).isTrue();
  }
}
