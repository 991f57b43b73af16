package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class CulpritsTest {

  private final List<Set<Integer>> asked = new ArrayList<>();

  @Property(tries = 300)
  void all_that_are_refused_are_found_and_no_others(
      @ForAll @IntRange(min = 1, max = 200) int changes,
      @ForAll @UniqueElements List<@IntRange(min = 0, max = 199) Integer> bad)
      throws Exception {
    assertThat(find(changes, Set.copyOf(bad)).keySet())
        .containsExactlyElementsOf(
            IntStream.range(0, changes).boxed().filter(bad::contains).toList());
  }

  @Test
  void one_of_many_costs_few_questions() throws Exception {
    assertThat(find(256, Set.of(77))).isEqualTo(Map.of(77, "no 77"));
    assertThat(asked).hasSizeLessThan(20);
  }

  @Test
  void up_to_four_are_asked_one_by_one() throws Exception {
    find(4, Set.of(1));
    assertThat(asked).containsExactly(Set.of(0), Set.of(0, 1), Set.of(0, 2), Set.of(0, 2, 3));
  }

  @Test
  void of_two_that_clash_with_each_other_the_later_is_refused() throws Exception {
    assertThat(
            Culprits.find(
                List.of("a", "b", "c"),
                together ->
                    together.containsAll(Set.of("a", "c"))
                        ? Optional.of("twice")
                        : Optional.empty()))
        .isEqualTo(Map.of("c", "twice"));
  }

  private Map<Integer, String> find(int changes, Set<Integer> bad)
      throws IOException, InterruptedException {
    return Culprits.find(
        IntStream.range(0, changes).boxed().toList(),
        together -> {
          asked.add(together);
          return together.stream().filter(bad::contains).findFirst().map(n -> "no " + n);
        });
  }
}
