package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Plans.API;
import static dev.weir.driver.haproxy.Plans.commands;
import static dev.weir.driver.haproxy.Plans.ip;
import static dev.weir.model.ServerState.DRAIN;
import static dev.weir.model.ServerState.MAINT;
import static dev.weir.model.ServerState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.rendered.CarriedPool;
import dev.weir.rendered.Renderer;
import dev.weir.rendered.TemplateFile;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done about members while the template is broken. */
class TemplatePlannerTest {

  private static final Path FILE = Path.of("/etc/haproxy/haproxy.cfg");
  private static final Path TEMPLATE = Path.of("/etc/haproxy/haproxy.cfg.j2");
  private static final PoolId WEB = new PoolId("web");
  private static final String BROKEN = "{{ nothing }}";
  private static final String GOOD =
      """
      global
        {{ weir }}
      {% for pool in pools %}
      backend {{ pool.as }}
        {%- for member in pool.members %}
        server {{ member.name }} {{ member.address }} weight {{ member.weight }}
        {%- endfor %}
        server static 10.0.0.99:80
      {% endfor %}
      """;

  private final Map<PoolId, List<ObservedMember>> running = new HashMap<>();
  private String template = GOOD;
  private String file = "";
  private TemplatePlanner planner = planner();

  private static TemplatePlanner planner() {
    Map<PoolId, CarriedPool> carried = new HashMap<>();
    List<Backend> backends = new ArrayList<>();
    for (PoolId pool : List.of(API, WEB)) {
      String as = "be_" + pool.value();
      carried.put(pool, new CarriedPool(as, PoolKind.HTTP, List.of(), ServerText.NONE));
      backends.add(
          new Backend(
              pool, as, new HaproxySurroundings(List.of(), ServerText.NONE), DrainPolicy.DEFAULT));
    }
    return new TemplatePlanner(
        FILE,
        "WEIR_EDGE",
        backends,
        new Renderer(
            new ProxyName("edge"),
            new TemplateFile(TEMPLATE),
            new HaproxyDialect("WEIR_EDGE"),
            carried));
  }

  /** HAProxy was loaded from what the template makes of this state, and runs it. */
  private void loaded(DesiredState desired) {
    file = Plans.text(planner.plan(desired, observed(new Condition.NotRunning("a test"))));
    for (PoolId pool : List.of(API, WEB)) {
      desired
          .pool(pool)
          .ifPresent(
              all -> all.members().forEach(m -> runs(pool, m.name(), m.endpoint(), m.state())));
      runs(pool, "static", ip(99), READY);
    }
  }

  private void runs(PoolId pool, String name, Endpoint at, ServerState state) {
    List<ObservedMember> servers = running.computeIfAbsent(pool, _ -> new ArrayList<>());
    servers.removeIf(server -> server.name().equals(name));
    servers.add(new ObservedMember(name, at, state, 1, false));
  }

  private Observed observed(Condition condition) {
    Map<PoolId, ObservedPool> pools = new HashMap<>();
    running.forEach((pool, servers) -> pools.put(pool, new ObservedPool(pool, servers)));
    return new Observed(
        condition,
        pools,
        List.of(
            new ObservedFile(FILE, Optional.of(file)),
            new ObservedFile(TEMPLATE, Optional.of(template))),
        WholeText.parse(file, "WEIR_EDGE", Set.of()).epoch());
  }

  private Plan plan(DesiredState desired) {
    return planner.plan(desired, observed(new Condition.Running("2.6.12")));
  }

  /** What is wrong, while nothing can be done. */
  private String problem(DesiredState desired) {
    Plan plan = plan(desired);
    assertThat(commands(plan)).isEmpty();
    return plan instanceof Plan.Blocked blocked ? blocked.problem() : "not blocked: " + plan;
  }

  private static DesiredState ready(int... members) {
    Wanted wanted = Wanted.pool(API);
    for (int member : members) {
      wanted.ready("b" + member, ip(member));
    }
    return Wanted.state(wanted);
  }

  @Test
  void aMemberThatGoesWhileTheTemplateIsBrokenStaysOutOfTraffic() {
    loaded(ready(1, 2));
    template = BROKEN;
    assertThat(commands(plan(ready(1)))).containsExactly("set server be_api/b2 state maint");
    runs(API, "b2", ip(2), MAINT);
    for (int round = 0; round < 2; round++) {
      assertThat(problem(ready(1))).contains("nothing");
    }
  }

  @Test
  void oneThatCameToItsEndInADrainIsNotEnabled() {
    loaded(ready(1, 2));
    template = BROKEN;
    runs(API, "b2", ip(2), DRAIN);
    assertThat(commands(plan(ready(1)))).containsExactly("set server be_api/b2 state maint");
  }

  @Test
  void itTakesTrafficAgainWhenItReturns() {
    loaded(ready(1, 2));
    template = BROKEN;
    runs(API, "b2", ip(2), MAINT);
    plan(ready(1));
    assertThat(commands(plan(ready(1, 2)))).containsExactly("set server be_api/b2 state ready");
  }

  @Test
  void aServerThatNeverWasAMemberIsLeftAsItRuns() {
    loaded(ready(1, 2));
    template = BROKEN;
    planner = planner(); // a Weir that has just started does not know whose b2 was
    runs(API, "b2", ip(2), MAINT);
    runs(API, "static", ip(99), MAINT);
    assertThat(problem(ready(1))).contains("nothing");
    runs(API, "static", ip(99), READY);
    assertThat(problem(ready(1))).contains("nothing");
  }

  @Test
  void aServerThatLeftWithItsMemberIsNotAddedAgain() {
    loaded(ready(1, 2));
    template = BROKEN;
    running.getOrDefault(API, new ArrayList<>()).removeIf(server -> server.name().equals("b2"));
    assertThat(problem(ready(1))).contains("nothing");
  }

  @Test
  void aPoolThatNeedsAReloadDoesNotStopTheOthers() {
    DesiredState all =
        Wanted.state(
            Wanted.pool(API).ready("b1", ip(1)).ready("b2", ip(2)),
            Wanted.pool(WEB).ready("b3", ip(3)));
    loaded(all);
    template = BROKEN;
    planner.refused("be_web", "no new server");
    running.getOrDefault(WEB, new ArrayList<>()).removeIf(server -> server.name().equals("b3"));
    DesiredState next =
        Wanted.state(
            Wanted.pool(API).ready("b1", ip(1)).maint("b2", ip(2)),
            Wanted.pool(WEB).ready("b3", ip(3)));
    assertThat(plan(next))
        .isInstanceOfSatisfying(
            Plan.Blocked.class,
            plan ->
                assertThat(plan.changes()).extracting(MemberChange::name).containsExactly("b2"));
    assertThat(commands(plan(next))).containsExactly("set server be_api/b2 state maint");
    runs(API, "b2", ip(2), MAINT);
    assertThat(problem(next)).contains("nothing");
  }
}
