package dev.weir.driver.haproxy;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.surround.ServerText;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A planner for one pool, {@code api} as {@code be_api}, and what HAProxy is said to run. */
final class Plans {

  static final PoolId API = new PoolId("api");
  static final Path FILE = Path.of("/etc/haproxy/weir/weir.cfg");

  final Planner planner;
  private final List<ObservedMember> running = new ArrayList<>();

  Plans(List<String> directives, String server) {
    HaproxySurroundings surroundings =
        new HaproxySurroundings(directives, ServerText.parse(server));
    planner =
        new Planner(
            new OwnLayout(FILE, new ConfigText(new ProxyName("inner"))),
            List.of(new Backend(API, "be_api", surroundings, DrainPolicy.DEFAULT)));
  }

  static Endpoint ip(int last) {
    return new Endpoint.Ip(InetAddress.ofLiteral("10.0.0." + last), 80);
  }

  /** A server that HAProxy runs. */
  Plans runs(String name, Endpoint at, ServerState state, int weight) {
    running.add(new ObservedMember(name, at, state, weight, false));
    return this;
  }

  /** The text that was loaded for a state, as a reload would write it. */
  String loadedText(DesiredState state) {
    Observed stopped =
        new Observed(new Condition.NotRunning("a test"), Map.of(), List.of(), Optional.empty());
    return text(planner.plan(state, stopped));
  }

  /** The plan when the former state was loaded, and HAProxy runs what was said. */
  Plan plan(DesiredState former, DesiredState wanted) {
    String text = loadedText(former);
    return planner.plan(wanted, observed(text, ConfigText.parse(text).epoch()));
  }

  /** A look at a running HAProxy. */
  Observed observed(String text, Optional<Fingerprint> loaded) {
    return new Observed(
        new Condition.Running("2.6.12"),
        Map.of(API, new ObservedPool(API, running)),
        List.of(new ObservedFile(FILE, Optional.of(text))),
        loaded);
  }

  static List<String> commands(Plan plan) {
    List<Step> steps =
        switch (plan) {
          case Plan.InSync _ -> List.of();
          case Plan.Live live -> live.steps();
          case Plan.Blocked blocked -> blocked.steps();
          case Plan.Reload reload -> reload.followUps();
        };
    return steps.stream().map(Step::command).toList();
  }

  static List<String> reasons(Plan plan) {
    return plan instanceof Plan.Reload reload ? reload.reasons() : List.of();
  }

  static String text(Plan plan) {
    return switch (plan) {
      case Plan.InSync _ -> "";
      case Plan.Blocked _ -> "";
      case Plan.Live live -> live.files().getFirst().text();
      case Plan.Reload reload -> reload.files().getFirst().text();
    };
  }

  /** The lines of the servers in a file. */
  static List<String> servers(String text) {
    return Arrays.stream(text.split("\n")).filter(line -> line.startsWith("  server ")).toList();
  }
}
