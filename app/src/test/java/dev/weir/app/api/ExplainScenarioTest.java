package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.json.JsonObject;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A life of members, told in more than 200 steps: after each of them {@code explain} answers for
 * every member, with the state and the cause that the script says, and an unchanged one for whom
 * the step does not concern. The story is played several times, each time with other members in its
 * parts.
 */
class ExplainScenarioTest {

  private static final int ROUNDS = 5;
  private static final int LEAST_STEPS = 200;
  private static final String GONE = "gone";

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final ExplainStage stage = new ExplainStage();
  private final Map<Integer, String> expected = new TreeMap<>();
  private Served api;

  @BeforeEach
  void serve() throws Exception {
    api = new Served(stage.weir(), folder, Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void every_member_is_explained_in_every_state() throws Exception {
    List<String> script = script();
    int steps = 0;
    for (int round = 0; round < ROUNDS; round++) {
      stage.cast(round);
      for (String line : script) {
        play("round %d: %s".formatted(round, line), line);
        steps++;
      }
    }
    assertThat(steps).isGreaterThan(LEAST_STEPS);
  }

  /** {@code ACTION MEMBER... -> MEMBER STATE CAUSE, ...}. */
  private void play(String what, String line) throws Exception {
    String[] sides = line.split(" *-> *");
    stage.act(sides[0]);
    for (String answer : sides.length > 1 ? sides[1].split(" *, *") : new String[0]) {
      String[] words = answer.split(" +", 2);
      expected.put(stage.number(words[0]), words[1]);
    }
    for (Map.Entry<Integer, String> member : expected.entrySet()) {
      assertThat(explained(member.getKey()))
          .as("%s: %s", what, ExplainStage.address(member.getKey()))
          .isEqualTo(member.getValue());
    }
  }

  private String explained(int number) throws IOException {
    RawHttp.Reply reply =
        RawHttp.send(api.loopback, "GET", "/v1/explain/web/" + ExplainStage.address(number));
    if (reply.status() == 404) {
      return GONE;
    }
    JsonObject because = reply.json().object("because").orElseThrow();
    assertThat(because.text("detail").orElse("")).isNotBlank();
    return reply.json().text("state").orElse("") + " " + because.text("cause").orElse("");
  }

  private static List<String> script() throws IOException {
    try (InputStream in = ExplainScenarioTest.class.getResourceAsStream("explain.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
