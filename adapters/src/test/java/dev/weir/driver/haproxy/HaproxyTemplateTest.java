package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ServerState;
import dev.weir.spi.Finding;
import dev.weir.spi.PoolWay;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole haproxy.cfg from a template: what needs a reload, and where it is wrong. */
@RequiresServer(Server.HAPROXY)
@Timeout(60)
class HaproxyTemplateTest {

  private static final String SERVERS = "{%- for member in pool.members %}";

  private static Site site() throws Exception {
    return new Site(new RealHaproxy(Site.AS).rendered(), "check inter 2s");
  }

  private static Site started(int... members) throws Exception {
    Site site = site();
    return site.start(site.ready(members));
  }

  private static void edit(Site site, String before, String after) throws IOException {
    String text = Files.readString(site.haproxy.usersFile());
    assertThat(text).contains(before);
    Files.writeString(site.haproxy.usersFile(), text.replace(before, after));
  }

  @Test
  void membersComeGoAndChangeWithoutAReloadAndTheFileFollows() throws Exception {
    try (Site site = started(0, 1)) {
      long worker = site.haproxy.worker();
      DesiredState next =
          Wanted.state(Wanted.pool(Site.WEB).drain("b1", site.at(1)).ready("b2", site.at(2), 5));
      assertThat(site.driver.ways())
          .containsExactly(new PoolWay(Site.WEB, PoolWay.Kind.RUN_TIME, ""));
      assertThat(site.applyOnce(next))
          .isEqualTo(new Outcome.Applied(next.fingerprint(), Outcome.Way.LIVE));
      site.upkeep(3);
      assertThat(site.haproxy.worker()).isEqualTo(worker);
      assertThat(site.haproxy.row(Site.AS, "b1").orElseThrow().state())
          .isEqualTo(ServerState.DRAIN);
      assertThat(site.haproxy.own)
          .content()
          .contains("server b2 %s weight 5 check inter 2s".formatted(site.at(2)))
          .contains("server b1 %s weight 1 disabled".formatted(site.at(1)))
          .doesNotContain("server b0");
      assertThat(site.plan(next)).isInstanceOf(Plan.InSync.class);
    }
  }

  @Test
  void anyOtherLineIsAReloadWithItsReason() throws Exception {
    try (Site site = started(0)) {
      edit(site, "retries 3", "retries 2 # fewer");
      assertThat(site.plan(site.ready(0)))
          .isInstanceOfSatisfying(
              Plan.Reload.class,
              plan ->
                  assertThat(plan.reasons())
                      .containsExactly("the text around the members changes"));
      site.converge(site.ready(0));
      edit(site, "retries 2 # fewer", "retries   2");
      Plan blanks = site.plan(site.ready(0));
      assertThat(blanks).isInstanceOf(Plan.Live.class);
      assertThat(site.driver.apply(blanks)).isInstanceOf(Outcome.Applied.class);
    }
  }

  @Test
  void aRefusalNamesTheLineOfTheFileAndThatOfTheTemplate() throws Exception {
    try (Site site = started(0)) {
      String good = Files.readString(site.haproxy.own);
      edit(site, "option redispatch", "option redispatched");
      assertThat(site.applyOnce(site.ready(0)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.place()).contains(site.haproxy.own + ":13");
                assertThat(rejected.foreign()).isTrue();
                assertThat(rejected.message())
                    .contains("parsing [%s:13]".formatted(site.haproxy.own))
                    .endsWith(
                        " (%s:13 writes that line: option redispatched)"
                            .formatted(site.haproxy.usersFile()));
              });
      assertThat(site.haproxy.own).hasContent(good);
    }
  }

  @Test
  void whileTheTemplateIsBrokenMembersStillGoOutOfTraffic() throws Exception {
    try (Site site = started(0, 1)) {
      String good = Files.readString(site.haproxy.own);
      edit(site, SERVERS, "{%- for member in pool.membres %}");
      DesiredState next =
          Wanted.state(Wanted.pool(Site.WEB).ready("b0", site.at(0)).maint("b1", site.at(1)));
      assertThat(site.applyOnce(next))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected ->
                  assertThat(rejected.message())
                      .startsWith(site.haproxy.usersFile() + ":20:25: ")
                      .contains("has no attribute 'membres'")
                      .endsWith("^"));
      assertThat(site.haproxy.row(Site.AS, "b1").orElseThrow().state())
          .isEqualTo(ServerState.MAINT);
      assertThat(site.haproxy.own).hasContent(good);
      edit(site, "membres", "members");
      site.converge(next);
    }
  }

  @Test
  void statesThatTheTemplateDoesNotWriteAreSetAfterTheReload() throws Exception {
    try (Site site = site()) {
      edit(site, "{{ ' disabled' if member.state != 'ready' }}", "");
      site.start(site.ready(0, 1));
      edit(site, "retries 3", "retries 2");
      DesiredState next =
          Wanted.state(Wanted.pool(Site.WEB).ready("b0", site.at(0)).maint("b1", site.at(1)));
      assertThat(site.plan(next)).isInstanceOf(Plan.Reload.class);
      assertThat(site.applyOnce(next)).isInstanceOf(Outcome.Applied.class);
      assertThat(site.haproxy.row(Site.AS, "b1").orElseThrow().state())
          .isEqualTo(ServerState.MAINT);
      assertThat(site.plan(next)).isInstanceOf(Plan.InSync.class);
    }
  }

  /** The names of its lines are numbers: who stays moves to another one, by address. */
  @Test
  void theNodesOfElasticPyProxyChangeWithoutAReload() throws Exception {
    try (Site site = new Site(new RealHaproxy(Site.AS).rendered(), "inter 2s")) {
      String text = Files.readString(site.haproxy.usersFile());
      int start = text.indexOf("{% for pool");
      int end = text.lastIndexOf("{% endfor %}");
      Files.writeString(
          site.haproxy.usersFile(),
          text.substring(0, start)
              + "backend be_web\n{{ nodes }}"
              + text.substring(end + "{% endfor %}".length()));
      site.start(site.ready(0, 1));
      long worker = site.haproxy.worker();
      assertThat(site.haproxy.own)
          .content()
          .contains("    server node1 %s check inter 2s \n".formatted(site.at(0)));
      site.converge(site.ready(1));
      site.converge(site.ready(1, 2));
      site.upkeep(3);
      assertThat(site.haproxy.worker()).isEqualTo(worker);
      assertThat(endpoint(site, "node1")).isEqualTo(site.at(1));
      assertThat(endpoint(site, "node2")).isEqualTo(site.at(2));
    }
  }

  private static Endpoint endpoint(Site site, String server) throws Exception {
    return site.haproxy.row(Site.AS, server).orElseThrow().endpoint().orElseThrow();
  }

  @Test
  void aPoolWhoseBackendIsNotRenderedSaysSo() throws Exception {
    try (Site site = site()) {
      edit(site, "backend {{ pool.as }}", "backend other");
      site.driver.plan(site.ready(0), site.driver.observe(Set.of(Site.WEB)));
      assertThat(site.driver.ways())
          .containsExactly(
              new PoolWay(Site.WEB, PoolWay.Kind.RELOAD, "no backend be_web is rendered"));
    }
  }

  @Test
  void theCheckTriesTheTemplateAndLooksIntoTheRenderedFile() throws Exception {
    try (Site site = started(0)) {
      List<Finding> findings = site.driver.inspect();
      assertThat(findings)
          .contains(Finding.ok(site.haproxy.usersFile() + " renders"))
          .noneMatch(finding -> finding.severity() != Finding.Severity.OK);
      edit(site, "hard-stop-after 20s", "");
      site.converge(site.ready(0));
      assertThat(site.driver.inspect())
          .anySatisfy(finding -> assertThat(finding.message()).contains("no hard-stop-after"));
      edit(site, "{{ weir }}", "");
      assertThat(site.driver.inspect().getFirst().message())
          .contains(
              "does not place weir (expected: {{ weir }} on a line of its own in the section");
    }
  }
}
