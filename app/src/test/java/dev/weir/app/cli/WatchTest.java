package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that look again and again: until nobody reads any more. */
class WatchTest {

  private static final Terminal SMALL =
      new Terminal(OptionalInt.of(60), OptionalInt.of(4), Terminal.Colour.NEVER);

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private Cockpit cockpit;

  @BeforeEach
  void serve() throws SetupException {
    cockpit = new Cockpit(weir, folder);
  }

  @AfterEach
  void stop() {
    cockpit.close();
  }

  /** A reader that goes after some looks, and does something after each. */
  private static final class Reader extends Writer {
    private final List<String> looks = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private final int patience;
    private final Runnable between;

    Reader(int patience, Runnable between) {
      this.patience = patience;
      this.between = between;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      if (looks.size() == patience) {
        throw new IOException("nobody reads");
      }
      current.append(buffer, offset, length);
    }

    @Override
    public void flush() {
      if (!current.isEmpty()) {
        looks.add(current.toString());
        current.setLength(0);
        between.run();
      }
    }

    @Override
    public void close() {}
  }

  private List<String> watched(Terminal terminal, Runnable between, String... arguments) {
    Reader reader = new Reader(2, between);
    PrintWriter out = new PrintWriter(reader);
    Shell shell = new Shell(Map.of(), folder, terminal, out, out);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-w", "--every", "100ms", "--server", cockpit.address()));
    var _ = Cli.client(arguments[0], shell).execute(all.toArray(String[]::new));
    return reader.looks;
  }

  @Test
  void each_look_shows_what_is_then() {
    List<String> looks =
        watched(Terminal.NONE, () -> weir.storeFails("the disk is full"), "status");
    assertThat(looks).hasSize(2);
    assertThat(looks.getFirst()).contains("nothing needs attention").doesNotContain("\u001b");
    assertThat(looks.getLast()).contains("the disk is full");
  }

  @Test
  void on_a_terminal_a_look_takes_the_place_of_the_one_before_and_is_cut_to_its_height() {
    List<String> looks = watched(SMALL, () -> {}, "members", "web");
    for (String look : looks) {
      assertThat(look).startsWith("\u001b[H").endsWith("\u001b[J");
      assertThat(look.lines().map(line -> line.replaceAll("\u001b\\[.", "")))
          .hasSize(4)
          .anyMatch(line -> line.equals("... and 2 lines more"));
    }
  }

  @Test
  void a_weir_that_is_away_for_a_while_ends_nothing() {
    List<String> looks = watched(Terminal.NONE, () -> cockpit.close(), "pools");
    assertThat(looks.getFirst()).contains("web");
    assertThat(looks.getLast()).contains("no Weir answers");
  }

  @Test
  void programs_get_one_object_a_line() {
    List<String> looks = watched(Terminal.NONE, () -> {}, "pools", "-o", "json");
    assertThat(looks).allMatch(look -> look.startsWith("{\"items\":") && look.endsWith("}\n"));
  }

  @Test
  void an_interval_that_is_none_is_refused() {
    Cockpit.Ended ended = cockpit.weir("pools", "-w", "--every", "1ms");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--every: 1ms (expected: at least 100ms)");
  }
}
