package dev.weir.app.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Differences read like those of {@code diff -u}, and lead from one text to the other. */
class UnifiedDiffTest {

  @Test
  void aChangedLineStandsAmongThreeOthers() {
    String before = numbers(1, 9);
    String after = before.replace("5\n", "five\n");
    assertThat(diff(before, after))
        .isEqualTo(
            """
            --- f
            +++ f (planned)
            @@ -2,7 +2,7 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
            """);
  }

  @Test
  void distantChangesStandInHunksOfTheirOwnAndNearOnesTogether() {
    String before = numbers(1, 30);
    String far = before.replace("\n2\n", "\ntwo\n").replace("\n28\n", "\n");
    assertThat(diff(before, far).lines().filter(line -> line.startsWith("@@")))
        .containsExactly("@@ -1,5 +1,5 @@", "@@ -25,6 +25,5 @@");
    String near = before.replace("\n10\n", "\nten\n").replace("\n15\n", "\n");
    assertThat(diff(before, near).lines().filter(line -> line.startsWith("@@")))
        .containsExactly("@@ -7,12 +7,11 @@");
  }

  @Test
  void aNewFileAndAnEmptiedOneAreShown() {
    assertThat(diff("", "a\n")).endsWith("@@ -0,0 +1,1 @@\n+a\n");
    assertThat(diff("a\n", "")).endsWith("@@ -1,1 +0,0 @@\n-a\n");
    assertThat(diff("a\n", "a\n")).isEmpty();
  }

  @Property
  void theDifferenceLeadsFromOneTextToTheOther(
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 4) Integer> before,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 4) Integer> after) {
    String diff = diff(text(before), text(after));
    assertThat(applied(before.stream().map(String::valueOf).toList(), diff))
        .isEqualTo(after.stream().map(String::valueOf).toList());
  }

  private static List<String> applied(List<String> before, String diff) {
    List<String> result = new ArrayList<>();
    int at = 0;
    for (String line : diff.lines().skip(2).toList()) {
      if (line.startsWith("@@")) {
        String range = line.substring(4, line.indexOf(' ', 4));
        int start = Integer.parseInt(range.split(",", -1)[0]);
        int from = range.endsWith(",0") ? start : start - 1;
        result.addAll(before.subList(at, from));
        at = from;
      } else if (line.startsWith("+")) {
        result.add(line.substring(1));
      } else {
        assertThat(before.get(at)).isEqualTo(line.substring(1));
        if (line.startsWith(" ")) {
          result.add(line.substring(1));
        }
        at++;
      }
    }
    result.addAll(before.subList(at, before.size()));
    return result;
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  private static String text(List<Integer> lines) {
    return lines.stream().map(i -> i + "\n").collect(Collectors.joining());
  }

  private static String diff(String before, String after) {
    return UnifiedDiff.of(
        new UnifiedDiff.Side("f", before), new UnifiedDiff.Side("f (planned)", after));
  }
}
