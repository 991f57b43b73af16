package dev.weir.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void makesValuesOfATree() {
    Value value = Values.of(Map.of("a", Arrays.asList(1, 2.5, "x", true, null)));

    assertThat(value)
        .isEqualTo(
            MapValue.of(
                Map.of(
                    "a",
                    ListValue.of(
                        List.of(Int.of(1), new Real(2.5), Text.of("x"), Bool.TRUE, Null.NULL)))));
  }

  @Test
  void anObjectNeverBecomesAValue() {
    assertThatThrownBy(() -> Values.of(Map.of("a", List.of("x", new Object()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "data.a[1]: java.lang.Object (expected: null, a boolean, number, text, list or map)");
  }

  @Test
  void anIntegerBeyond64BitsIsRefused() {
    assertThat(Values.of(BigInteger.valueOf(Long.MIN_VALUE))).isEqualTo(Int.of(Long.MIN_VALUE));
    assertThatThrownBy(() -> Values.of(List.of(BigInteger.TWO.pow(63))))
        .hasMessage(
            "data[0]: 9223372036854775808"
                + " (expected: an integer of 64 bits; write it as a text)");
    assertThatThrownBy(() -> Values.of(BigInteger.TWO.pow(100_000)))
        .hasMessageContaining("an integer of 100001 bits");
  }

  @Test
  void dataThatContainsItselfIsRefusedWithItsPlace() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(Map.of("next", cycle));

    assertThatThrownBy(() -> Values.of(Map.of("list", cycle)))
        .hasMessage("data.list[0].next: contains itself (expected: a tree)");
  }

  @Test
  void theSameListTwiceIsNoCycle() {
    List<Integer> shared = List.of(1);

    assertThat(Values.of(List.of(shared, shared)))
        .isEqualTo(Values.of(List.of(List.of(1), List.of(1))));
  }

  @Test
  void aBottomlessTreeIsRefused() {
    Object tree = List.of();
    for (int level = 0; level < 100_000; level++) {
      tree = List.of(tree);
    }
    Object bottomless = tree;

    assertThatThrownBy(() -> Values.of(bottomless))
        .hasMessageContaining("nested too deep (expected: at most 500 levels)");
  }
}
