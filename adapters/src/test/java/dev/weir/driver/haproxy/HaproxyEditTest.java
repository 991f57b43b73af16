package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.driver.haproxy.HaproxyOptions.Kept;
import dev.weir.driver.haproxy.ServersState.Row;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Way;
import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Drain;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers in a file that a user goes on editing, beside a running HAProxy. */
@RequiresServer(Server.HAPROXY)
@Timeout(60)
class HaproxyEditTest {

  private Site site;
  private Path file;
  private long worker;

  @BeforeEach
  void anHaproxyThatRunsWhatItsUserWrote() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS).edited("\n");
    site = new Site(haproxy, "");
    file = haproxy.config;
    write(
        """
        # Gr\u00fc\u00dfe
        backend be_web
          balance roundrobin

          # rack 1
          server one %s check inter 1s   # the good one
          server hand %s weight 0 # by hand
          server gone host.invalid:80 init-addr none

        # the end
        """
            .formatted(site.at(0), site.at(1)));
    haproxy.start();
    worker = haproxy.worker();
  }

  @AfterEach
  void endEverything() throws IOException {
    site.close();
  }

  private void write(String sections) throws IOException {
    String before = Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing();
    Files.writeString(file, before + "\n" + sections, StandardCharsets.ISO_8859_1);
  }

  private String text() throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private void replace(String what, String instead) throws IOException {
    Files.writeString(file, text().replace(what, instead), StandardCharsets.ISO_8859_1);
  }

  @Test
  void what_matches_is_taken_over_without_a_change_and_only_marked() throws Exception {
    String before = text();
    assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.InSync.class);
    site.upkeep(3);
    assertThat(text()).isEqualTo(before.replace("# the good one", "# weir # the good one"));
    assertThat(site.driver.upkeep()).as("marked once, checked once").isEmpty();
    assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.InSync.class);
    assertThat(site.haproxy.worker()).isEqualTo(worker);
  }

  @Test
  void what_the_user_has_begun_to_write_before_the_marks_are_stays() throws Exception {
    assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.InSync.class);
    replace("# the end", "server \"x");
    String theirs = text();
    assertThat(problem(site.ready(0))).startsWith(file + ":");
    site.upkeep(3);
    assertThat(text()).isEqualTo(theirs);
    replace("server \"x", "# my end");
    String done = text();
    site.observe();
    site.upkeep(3);
    assertThat(text()).as("looked at, and not planned from yet").isEqualTo(done);
  }

  @Test
  void members_come_and_go_without_a_reload_and_the_file_follows() throws Exception {
    String before = text();
    assertThat(site.applyOnce(site.ready(0, 2))).isEqualTo(live(site.ready(0, 2)));
    assertThat(site.client().ask(20))
        .extracting(answer -> answer.by().orElseThrow())
        .contains(site.at(0), site.at(2))
        .doesNotContain(site.at(1));
    site.upkeep(3);
    String line = "  server b2 %s # weir\n".formatted(site.at(2));
    assertThat(text())
        .isEqualTo(
            before
                .replace("# the good one", "# weir # the good one")
                .replace("init-addr none\n", "init-addr none\n" + line));
    site.converge(site.ready(2));
    site.upkeep(3);
    assertThat(text()).doesNotContain("server one").contains("server hand", "server gone", line);
    assertThat(site.haproxy.row(Site.AS, "hand")).isPresent();
    assertThat(site.haproxy.row(Site.AS, "gone")).isPresent();
    assertThat(site.haproxy.worker()).isEqualTo(worker);
    assertThat(site.haproxy.check()).isEmpty();
  }

  @Test
  void a_drained_member_is_drained_again_after_a_restart() throws Exception {
    DesiredState drained =
        Wanted.state(Wanted.pool(Site.WEB).drain("b0", site.at(0)).ready("b2", site.at(2)));
    site.converge(drained);
    site.upkeep(3);
    assertThat(text()).contains("check inter 1s disabled   # weir: drain # the good one\n");
    site.haproxy.stop();
    site.haproxy.start();
    assertThat(site.haproxy.row(Site.AS, "one").orElseThrow().state()).isEqualTo(ServerState.MAINT);
    site.converge(drained);
    assertThat(site.haproxy.row(Site.AS, "one").orElseThrow().state()).isEqualTo(ServerState.DRAIN);
    site.converge(site.ready(0));
    site.upkeep(3);
    assertThat(text()).contains("check inter 1s   # weir # the good one\n");
  }

  @Test
  void a_drain_is_told_under_the_name_of_the_member() throws Exception {
    site.converge(site.ready(0, 2));
    site.converge(
        Wanted.state(Wanted.pool(Site.WEB).drain("b0", site.at(0)).ready("b2", site.at(2))));
    assertThat(site.driver.drains()).extracting(Drain::server).containsExactly("b0");
  }

  @Test
  void a_server_that_the_user_took_out_is_none_of_weirs() throws Exception {
    site.converge(site.ready(0, 2));
    assertThat(site.haproxy.say("disable server be_web/hand")).isEmpty();
    site.converge(site.ready(0));
    site.upkeep(3);
    assertThat(site.driver.drains()).extracting(Drain::server).doesNotContain("hand");
    assertThat(site.driver.putOff().orElse("")).doesNotContain("hand");
    assertThat(site.haproxy.row(Site.AS, "hand").orElseThrow().state())
        .isEqualTo(ServerState.MAINT);
  }

  @Test
  void what_the_user_writes_while_the_file_is_behind_stays() throws Exception {
    var _ = site.applyOnce(site.ready(0, 2));
    replace("# rack 1", "# rack 2\n  server mine 127.0.0.1:9 disabled");
    site.upkeep(3);
    site.converge(site.ready(0, 2));
    site.upkeep(3);
    assertThat(text()).contains("  # rack 2\n  server mine 127.0.0.1:9 disabled\n", "server b2 ");
    assertThat(site.haproxy.worker()).isEqualTo(worker);
  }

  @Test
  void what_the_user_writes_between_a_look_and_a_reload_stays() throws Exception {
    DesiredState empty = Wanted.state(Wanted.pool(Site.WEB).empty(new EmptyPolicy.Status(410)));
    Plan plan = site.plan(empty);
    assertThat(plan).isInstanceOf(Plan.Reload.class);
    replace("# rack 1", "# rack 2");
    assertThat(Site.failed(site.driver.apply(plan)).reason())
        .contains("was changed by somebody else meanwhile");
    assertThat(site.haproxy.worker()).isEqualTo(worker);
    site.converge(empty);
    assertThat(text()).contains("# rack 2", "if { nbsrv(be_web) eq 0 } # weir\n", "WEIR_INNER");
    assertThat(site.haproxy.worker()).isNotEqualTo(worker);
  }

  @Test
  void a_reload_of_the_users_own_is_no_reason_for_another() throws Exception {
    site.converge(site.ready(0, 2));
    site.upkeep(3);
    replace("balance roundrobin", "balance leastconn");
    site.haproxy.reload();
    long theirs = site.haproxy.worker();
    site.converge(site.ready(0));
    site.upkeep(3);
    assertThat(site.haproxy.worker()).isEqualTo(theirs);
    assertThat(text()).contains("balance leastconn").doesNotContain("b2");
  }

  /** What is wrong, while nothing else is. */
  private String problem(DesiredState wanted) throws InterruptedException {
    assertThat(site.plan(wanted)).isInstanceOf(Plan.Blocked.class);
    Outcome outcome = site.applyOnce(wanted);
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(((Outcome.Rejected) outcome).foreign()).isTrue();
    return ((Outcome.Rejected) outcome).message();
  }

  @Test
  void while_the_file_is_away_or_half_written_it_is_named_and_left() throws Exception {
    String whole = text(); // which Weir has not seen
    replace("# the end", "server \"x");
    assertThat(problem(site.ready(2)))
        .startsWith(file + ":")
        .contains("a quotation mark without its partner");
    for (int end : new int[] {0, whole.indexOf("backend be_web"), whole.indexOf("e_web")}) {
      String part = whole.substring(0, end);
      Files.writeString(file, part, StandardCharsets.ISO_8859_1);
      assertThat(problem(site.ready(2))).startsWith("no section be_web in " + file);
      assertThat(text()).isEqualTo(part);
    }
    Files.delete(file);
    assertThat(problem(site.ready(2))).startsWith(file + " cannot be read");
    assertThat(file).doesNotExist();
    Files.writeString(file, whole.replace("be_web", "be_other"), StandardCharsets.ISO_8859_1);
    assertThat(problem(site.ready(2))).startsWith("no section be_web in " + file);
    assertThat(site.haproxy.row(Site.AS, "one").orElseThrow().state()).isEqualTo(ServerState.READY);
    assertThat(site.haproxy.row(Site.AS, "b2")).isEmpty();
  }

  @Test
  void while_it_is_half_written_members_change_all_the_same() throws Exception {
    site.converge(site.ready(0));
    site.upkeep(3);
    String whole = text();
    replace("# the end", "server \"x");
    String half = text();
    assertThat(problem(site.ready(0, 2))).startsWith(file + ":");
    assertThat(site.haproxy.row(Site.AS, "b2").orElseThrow().state()).isEqualTo(ServerState.READY);
    assertThat(site.haproxy.row(Site.AS, "one").orElseThrow().state()).isEqualTo(ServerState.READY);
    assertThat(problem(site.ready(2))).startsWith(file + ":");
    assertThat(site.haproxy.row(Site.AS, "one").map(Row::state))
        .isNotEqualTo(Optional.of(ServerState.READY));
    assertThat(problem(site.ready(0, 2))).startsWith(file + ":");
    assertThat(site.plan(site.ready(0, 2)))
        .isInstanceOfSatisfying(Plan.Blocked.class, plan -> assertThat(plan.steps()).isEmpty());
    site.upkeep(3);
    assertThat(text()).isEqualTo(half);
    Files.writeString(file, whole, StandardCharsets.ISO_8859_1);
    site.converge(site.ready(0, 2));
    site.upkeep(3);
    assertThat(text()).contains("server one ", "server b2 %s".formatted(site.at(2)));
    assertThat(site.haproxy.worker()).isEqualTo(worker);
  }

  @Test
  void a_mistake_of_the_users_in_the_same_file_is_theirs() throws Exception {
    replace("# rack 1", "mistake on");
    DesiredState empty = Wanted.state(Wanted.pool(Site.WEB).empty(new EmptyPolicy.Status(410)));
    assertThat(site.applyOnce(empty))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.foreign()).isTrue();
              assertThat(rejected.place().orElseThrow()).startsWith(file + ":");
            });
    assertThat(text()).contains("mistake on");
    assertThat(site.haproxy.worker()).isEqualTo(worker);
  }

  @Test
  void members_take_slots_where_haproxy_takes_no_new_server() throws Exception {
    replace("balance roundrobin", "balance source");
    site.haproxy.reload();
    site.converge(site.ready(0, 2));
    site.upkeep(3);
    assertThat(text())
        .contains("server one", "  server slot1 %s # weir\n".formatted(site.at(2)))
        .contains("  server slot8 192.0.2.1:9 disabled # weir: maint\n");
    long loaded = site.haproxy.worker();
    site.converge(site.ready(2));
    site.upkeep(3);
    assertThat(text()).doesNotContain("server one").contains("server hand");
    assertThat(site.haproxy.worker()).isEqualTo(loaded);
  }

  @Test
  void a_second_weir_is_refused_also_by_another_way() {
    HaproxyOptions o = site.haproxy.options();
    HaproxyOptions other =
        new HaproxyOptions(
            new Kept.OwnFile(file),
            List.of(),
            o.sockets(),
            o.master(),
            o.binary(),
            o.pid(),
            o.reload(),
            HaproxyOptions.Absent.WAIT);
    assertThatThrownBy(() -> open(other).close())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("another Weir keeps this file");
  }

  @Test
  void files_that_haproxy_does_not_read_cannot_be_kept() throws Exception {
    site.driver.close();
    Path other = Files.writeString(site.haproxy.folder.resolve("other.cfg"), "backend be_web\n");
    assertThatThrownBy(() -> open(edit(other.toString())).close())
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("edit: " + other + " is not read by HAProxy");
    assertThatThrownBy(() -> open(edit(site.haproxy.folder + "/none*.cfg")).close())
        .isInstanceOf(SetupException.class)
        .hasMessageEndingWith("none*.cfg finds no file (expected: at least one)");
    site.reopen();
  }

  private HaproxyOptions edit(String pattern) {
    HaproxyOptions o = site.haproxy.options();
    return new HaproxyOptions(
        new Kept.UsersFiles(List.of(pattern)),
        o.config(),
        o.sockets(),
        o.master(),
        o.binary(),
        o.pid(),
        o.reload(),
        HaproxyOptions.Absent.WAIT);
  }

  private ProxyDriver open(HaproxyOptions options) throws Exception {
    return new HaproxyDriverType()
        .open(
            options,
            new Context<>(
                new ProxyName("other"),
                List.of(),
                Files.createDirectories(site.haproxy.folder.resolve("state")),
                site.time,
                Checkpoints.NONE));
  }

  private static Outcome live(DesiredState state) {
    return new Applied(state.fingerprint(), Way.LIVE);
  }
}
