package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.app.cli.Cockpit.Ended;
import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command for a list of Weirs: each answers, and the worst exit code wins. */
class SeveralServersTest {

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private final SampleWeir other = Samples.web();
  private Cockpit first;
  private Cockpit second;

  @BeforeEach
  void serve() throws SetupException {
    first = new Cockpit(weir, folder.resolve("a"));
    second = new Cockpit(other, folder.resolve("b"));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private Ended both(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--server");
    all.add(first.address() + "," + second.address());
    return Cockpit.execute(folder, Terminal.NONE, Map.of(), all.toArray(String[]::new));
  }

  @Test
  void each_answers_below_its_name() {
    Ended ended = both("pools");
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().filter(line -> line.endsWith(":")))
        .containsExactly(first.address() + ":", second.address() + ":");
    assertThat(ended.out().lines().filter(line -> line.startsWith("web "))).hasSize(2);
  }

  @Test
  void programs_find_the_server_in_each_object() throws JsonException {
    List<String> lines = both("pools", "-o", "json").out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonObject answer = Json.readObject(lines.getLast());
    assertThat(answer.text("server")).contains(second.address());
    assertThat(answer.objects("items")).hasSize(1);
    assertThat(both("pools", "-o", "yaml").out())
        .contains("---\nserver: %s\nitems:".formatted(first.address()));
  }

  @Test
  void a_decision_is_taken_everywhere() {
    Ended ended = both("drain", "web", "web1");
    assertThat(ended.code()).isZero();
    assertThat(weir.overrides("web")).hasSize(1);
    assertThat(other.overrides("web")).hasSize(1);
  }

  @Test
  void the_worst_exit_code_wins_and_the_others_are_still_asked() {
    other.storeFails("the disk is full");
    assertThat(both("status", "--check").code()).isEqualTo(3);
    first.close();
    Ended ended = both("status", "--check");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).startsWith("weir: %s: no Weir answers".formatted(first.address()));
    assertThat(ended.out()).startsWith(second.address()).contains("the disk is full");
  }

  @Test
  void events_say_where_they_happened() {
    weir.happened(EventKind.WEIR_STARTED, Event.Subject.WEIR, "with one pool");
    other.happened(EventKind.WEIR_STARTED, Event.Subject.WEIR, "with two pools");
    Ended ended = both("events", "--no-follow", "--since", "1h");
    assertThat(ended.out())
        .containsPattern(first.address() + ": .* weir.started with one pool")
        .containsPattern(second.address() + ": .* weir.started with two pools");
  }

  @Test
  void a_token_is_never_shown_in_the_clear_to_another_machine() {
    Map<String, String> token = Map.of("WEIR_TOKEN", "weir_x");
    for (String server : new String[] {"10.0.0.1:7780", "lb1.example:7780", "http://lb1:7780"}) {
      Ended ended = Cockpit.execute(folder, Terminal.NONE, token, "pools", "--server", server);
      assertThat(ended.code()).as(server).isEqualTo(2);
      assertThat(ended.err()).contains("WEIR_TOKEN is not shown to").contains("in the clear");
    }
  }

  @Test
  void a_host_that_nobody_knows_does_not_answer() {
    Ended ended =
        Cockpit.execute(folder, Terminal.NONE, Map.of(), "pools", "--server", "nosuch.invalid:1");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("no Weir answers at [nosuch.invalid:1]");
  }

  @Test
  void the_environment_may_name_them() {
    Map<String, String> environment =
        Map.of("WEIR_SERVER", first.address() + ", " + second.address());
    Ended ended = Cockpit.execute(folder, Terminal.NONE, environment, "status");
    assertThat(ended.out().lines().filter(line -> line.contains(" is ready"))).hasSize(2);
    Ended wrong = Cockpit.execute(folder, Terminal.NONE, Map.of(), "status", "--server", "a:b,");
    assertThat(wrong.code()).isEqualTo(2);
  }
}
