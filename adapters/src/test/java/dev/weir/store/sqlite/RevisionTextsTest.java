package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Outcome;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.store.sqlite.RevisionTexts.Keyed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevisionTextsTest {

  private static final Path FILE = Path.of("/etc/weir.cfg");

  private final RevisionTexts texts = new RevisionTexts();
  private long number = 40;

  private Keyed keyed(String proxy, String text) {
    Revision revision =
        new Revision(
            ++number,
            new ProxyName(proxy),
            Instant.EPOCH,
            DesiredState.of(1, List.of()),
            Outcome.Way.LIVE,
            List.of(),
            List.of(new FileContent(FILE, text)),
            Duration.ZERO);
    return texts.of(revision).values().iterator().next();
  }

  private static String section(int name, String state) {
    return IntStream.range(0, 100)
        .mapToObj(n -> "  server m%d 10.0.%d.%d:80 %s\n".formatted(n, name, n, state))
        .collect(Collectors.joining("", "backend b" + name + "\n", ""));
  }

  private static String sections(int changed, String state) {
    return IntStream.range(0, 20)
        .mapToObj(n -> section(n, n == changed ? state : "ready"))
        .collect(Collectors.joining("", "global\n  setenv A b\n", ""));
  }

  @Test
  void a_text_that_stays_keeps_its_key() {
    Keyed first = keyed("edge", "a text\n");
    assertThat(keyed("edge", new String("a text\n")).key()).isEqualTo(first.key());
    assertThat(keyed("edge", "another\n").key()).isNotEqualTo(first.key());
    assertThat(keyed("inner", "a text\n").key()).isNotEqualTo(first.key());
  }

  @Test
  void a_section_that_changes_is_packed_with_all_others() {
    assertThat(Packed.unpack(keyed("edge", sections(7, "ready")).bytes()))
        .isEqualTo(sections(7, "ready"));
    byte[] after = keyed("edge", sections(7, "drain")).bytes();
    assertThat(Packed.unpack(after)).isEqualTo(sections(7, "drain"));
    assertThat(after).hasSizeLessThan(sections(7, "drain").length() / 4);
  }

  @Test
  void whatever_changes_the_bytes_are_those_of_the_text() {
    Random random = new Random(42);
    List<String> lines = new ArrayList<>();
    for (int round = 0; round < 300; round++) {
      int at = random.nextInt(lines.size() + 1);
      if (random.nextInt(3) > 0 || lines.isEmpty()) {
        lines.add(at, (random.nextBoolean() ? "  " : "") + "x".repeat(random.nextInt(900)));
      } else {
        lines.remove(Math.min(at, lines.size() - 1));
      }
      String text = String.join("\n", lines);
      assertThat(Packed.unpack(keyed("edge", text).bytes())).as("round %d", round).isEqualTo(text);
    }
  }
}
