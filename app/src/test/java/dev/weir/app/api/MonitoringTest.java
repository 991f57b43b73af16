package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts and the dashboard that are shipped: Prometheus takes them, and knows what they ask.
 */
class MonitoringTest {

  private static final Path FOLDER = Path.of("..", "monitoring");
  private static final Pattern METRIC = Pattern.compile("\\bweir_[a-z_]+");

  @Test
  @RequiresServer(Server.PROMTOOL)
  void the_alerts_are_rules_and_ring_when_they_shall() throws Exception {
    promtool("check", "rules", FOLDER.resolve("alerts.yaml").toString());
    promtool("test", "rules", FOLDER.resolve("alerts-test.yaml").toString());
  }

  @Test
  void they_ask_for_nothing_that_weir_does_not_export() throws IOException {
    Set<String> exported = metrics(Path.of("..", "docs", "metrics.md"));
    for (String file : List.of("alerts.yaml", "alerts-test.yaml", "dashboard.json")) {
      assertThat(metrics(FOLDER.resolve(file))).as(file).isSubsetOf(exported);
    }
  }

  @Test
  @RequiresServer(Server.PROMTOOL)
  void every_panel_of_the_dashboard_asks_in_promql(
      @TempDir(factory = ShortTempDir.class) Path folder) throws Exception {
    JsonObject dashboard = Json.readObject(Files.readString(FOLDER.resolve("dashboard.json")));
    StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
    int number = 0;
    for (JsonObject panel : dashboard.objects("panels")) {
      for (JsonObject target : panel.objects("targets")) {
        String asked =
            target.text("expr").orElseThrow().replace("$__rate_interval", "5m").replace("'", "''");
        rules.append("  - { record: 'panel:%d', expr: '%s' }\n".formatted(number++, asked));
      }
    }
    assertThat(number).isGreaterThan(20);
    Path file = Files.writeString(folder.resolve("panels.yaml"), rules);
    promtool("check", "rules", file.toString());
  }

  /** Without the endings that histograms have. */
  private static Set<String> metrics(Path file) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher matcher = METRIC.matcher(Files.readString(file));
    while (matcher.find()) {
      found.add(matcher.group().replaceFirst("_bucket$", ""));
    }
    return found;
  }

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Server.PROMTOOL.path().toString());
    command.addAll(List.of(arguments));
    Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }
}
