package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.SampleProxy;
import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.app.cli.Cockpit.Ended;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.reconcile.Sync;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that read print, and how they end. */
class ClientCommandsTest {

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

  @Test
  void pools_are_listed() {
    Ended ended = cockpit.weir("pools");
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines())
        .containsExactly(
            "POOL  READY  DRAIN  MAINT  ABSENT  PROXIES  NOTE",
            "web   2      0      1      0       edge");
  }

  @Test
  void members_are_listed_with_their_reasons() {
    Ended ended = cockpit.weir("members", "web");
    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines().toList().get(1)).matches("web1 +10.0.0.1:80 +ready +1 +up .*");
    assertThat(ended.out().lines().toList().get(3))
        .matches("web3 +10.0.0.3:80 +maint +1 +down .*connection refused.*");
  }

  @Test
  void members_are_json_for_programs() {
    Ended ended = cockpit.weir("members", "web", "-o", "json");
    assertThat(ended.json().objects("items"))
        .extracting(member -> member.text("name").orElseThrow())
        .containsExactly("web1", "web2", "web3");
  }

  @Test
  void members_are_yaml_for_those_who_like_it() {
    assertThat(cockpit.weir("members", "web", "-o", "yaml").out())
        .startsWith("items:\n- name: web1\n  address: 10.0.0.1:80\n  state: ready\n");
  }

  @Test
  void members_show_what_the_proxies_count() {
    Ended ended = cockpit.weir("members", "web");
    assertThat(ended.out())
        .containsPattern("web1 .*; edge: UP, L7OK: 200, 3 sessions, 7/s, 1 queued, 2 errors");
    JsonObject row =
        cockpit
            .weir("members", "web", "-o", "json")
            .json()
            .objects("items")
            .getFirst()
            .objects("servers")
            .getFirst();
    assertThat(row.text("proxy")).contains("edge");
    assertThat(row.text("server")).contains("slot-of-web1");
    assertThat(row.number("requests")).hasValue(900);

    ((SampleProxy) weir.proxies().getFirst()).mute();
    assertThat(cockpit.weir("members", "web").out()).contains("web1").doesNotContain("sessions");
  }

  @Test
  void proxies_say_how_new_members_come_in_and_why_not_better() {
    Ended ended = cockpit.weir("proxies");
    assertThat(ended.out())
        .contains("NEW MEMBERS")
        .contains("web: slots, as balance static-rr is static");
    JsonObject way =
        cockpit
            .weir("proxies", "-o", "json")
            .json()
            .objects("items")
            .getFirst()
            .objects("ways")
            .getFirst();
    assertThat(way.text("way")).contains("slots");
    assertThat(way.text("pool")).contains("web");
  }

  @Test
  void proxies_say_why_they_are_not_in_step() {
    ((SampleProxy) weir.proxies().getFirst())
        .trouble(
            new Sync.Behind("nginx refuses the file", Optional.empty()),
            new Outcome.Rejected("unknown directive \"foo\"", Optional.of("a.conf:3"), true),
            new Observed.Condition.Running("1.22.1"));
    Ended ended = cockpit.weir("proxies");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .containsPattern("edge +nginx +1.22.1 +running +no +\\d+ +web")
        .contains("nginx refuses the file: unknown directive \"foo\"");
  }

  @Test
  void sources_say_what_ails_them() {
    weir.source(
        new SourceState(
            SourceName.of(new PoolId("web"), "static"),
            Optional.empty(),
            Optional.of(new SourceState.Failure("file is half written", Instant.now()))));
    Ended ended = cockpit.weir("sources");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .containsPattern("web/static +no +- +- +yes +file is half written, for ");
  }

  @Test
  void status_says_that_all_is_well_or_what_is_not() {
    assertThat(cockpit.weir("status").out())
        .contains("1 of 1 proxies in step, 1 of 1 sources up, 2 of 3 members ready in 1 pool")
        .contains("nothing needs attention");
    weir.source(SourceState.unheard(SourceName.of(new PoolId("web"), "static")));
    assertThat(cockpit.weir("status").out())
        .contains("is not ready")
        .contains("! source web/static has not reported");
  }

  @Test
  void explain_tells_of_source_check_override_and_proxy() {
    assertThat(cockpit.weir("disable", "web", "web1", "--reason", "disk full").code()).isZero();
    String told = cockpit.weir("explain", "web", "web1").out();
    assertThat(told)
        .startsWith("web1 (10.0.0.1:80) in pool web is maint: ")
        .containsPattern("source +web/static, reported \\d+s ago")
        .containsPattern("check +up for .*every 2s, rise 2, fall 3")
        .containsPattern("override +disable by .*: disk full")
        .containsPattern("proxy +edge: maint, in step");
  }

  @Test
  void explain_of_a_proxy_tells_what_would_be_done() {
    assertThat(cockpit.weir("explain", "edge").out())
        .startsWith("edge (nginx 1.22.1) is running and runs what it shall")
        .containsPattern("plan +in sync");
    Ended nothing = cockpit.weir("explain", "web");
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("hint: for a member: weir explain POOL MEMBER");
  }

  @Test
  void events_are_told_and_filtered() {
    weir.happened(EventKind.POOL_EMPTY, Event.Subject.of(new PoolId("web")), "nobody is left");
    weir.happened(EventKind.WEIR_STARTED, Event.Subject.WEIR, "started");
    assertThat(cockpit.weir("events", "--no-follow").out().lines()).hasSize(2);
    assertThat(cockpit.weir("events", "--no-follow", "--pool", "web").out())
        .containsPattern("^\\S+Z pool.empty web nobody is left\n$");
    assertThat(cockpit.weir("events", "--no-follow", "-o", "json").out().lines())
        .allMatch(line -> line.startsWith("{\"id\":"));
    assertThat(cockpit.weir("events", "--no-follow", "--since", "yesterday").code()).isEqualTo(2);
  }

  @Test
  void an_unknown_pool_fails_with_a_hint() {
    Ended ended = cockpit.weir("members", "wbe");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("no pool is called wbe").contains("hint: weir pools");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void nobody_there_is_a_failure_of_its_own() {
    Ended ended =
        Cockpit.execute(
            folder, Terminal.NONE, Map.of("WEIR_SERVER", "unix:/nowhere/api.sock"), "status");
    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("no Weir answers at [unix:/nowhere/api.sock]");
  }

  @Test
  void the_server_is_found_in_the_environment_and_in_the_configuration() throws Exception {
    assertThat(
            Cockpit.execute(
                    folder, Terminal.NONE, Map.of("WEIR_SERVER", cockpit.address()), "status")
                .code())
        .isZero();
    Path file = folder.resolve("weir.yaml");
    var _ =
        Files.writeString(
            file, "state: /tmp/x\napi:\n  - { listen: '" + cockpit.address() + "' }\n");
    assertThat(Cockpit.execute(folder, Terminal.NONE, Map.of(), "status").code()).isZero();
    assertThat(
            Cockpit.execute(Path.of("/"), Terminal.NONE, Map.of(), "status", "-c", file.toString())
                .code())
        .isZero();
  }

  @Test
  void the_server_is_found_in_an_included_file_as_well() throws Exception {
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(
        folder.resolve("conf.d/10-api.yaml"), "api: [ { listen: '" + cockpit.address() + "' } ]\n");
    Files.writeString(folder.resolve("conf.d/20-pools.yaml"), "pools: {}\n");
    Files.writeString(folder.resolve("weir.yaml"), "include: [ conf.d/*.yaml ]\n");
    assertThat(Cockpit.execute(folder, Terminal.NONE, Map.of(), "status").code()).isZero();
  }

  @Test
  void sync_says_how_the_proxy_stands() {
    Ended ended = cockpit.weir("sync", "edge");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo("edge is in step\n");
    assertThat(cockpit.weir("sync", "nobody").code()).isEqualTo(1);
  }

  @Test
  void a_command_that_does_not_exist_is_called_that() {
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(Map.of(), folder, Terminal.NONE, new PrintWriter(err), new PrintWriter(err));
    assertThat(Cli.of(new Unused(), shell).execute("nosuch")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            """
            weir: unknown command: nosuch
            did you mean check or resume?
            weir --help shows how
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"members", "drain web", "weight web web1", "pools --nonsense"})
  void wrong_usage_is_said_in_two_lines(String line) {
    Ended ended = Cockpit.execute(folder, Terminal.NONE, Map.of(), line.split(" "));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines().toList()).hasSizeBetween(2, 3);
    assertThat(ended.err()).contains("--help shows how");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status", "pools", "members", "proxies", "sources", "explain", "events", "add", "remove",
        "enable", "disable", "drain", "weight", "release"
      })
  void every_command_teaches_with_an_example(String command) {
    Ended ended = Cockpit.execute(folder, Terminal.NONE, Map.of(), command, "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Example", "  weir " + command).doesNotContain("\u001b");
  }

  @Test
  void hostile_text_reaches_the_terminal_as_escapes() {
    weir.happened(
        EventKind.POOL_EMPTY,
        Event.Subject.of(new PoolId("web")),
        "bad \u001b]0;title\u0007 \u202e and \u009b31m\nnew line");
    String out = cockpit.weir("events", "--no-follow").out();
    assertThat(out.lines()).hasSize(1);
    assertThat(out.strip().codePoints().noneMatch(Character::isISOControl)).isTrue();
    assertThat(out).contains("\\u001b]0;title\\u0007 \\u202e and \\u009b31m\\u000anew line");
  }

  @Test
  void a_paused_proxy_needs_attention() {
    assertThat(cockpit.weir("pause", "edge", "--reason", "new certificates").code()).isZero();
    Ended status = cockpit.weir("status", "--check");
    assertThat(status.code()).isEqualTo(3);
    assertThat(status.out()).containsPattern("(?m)^! proxy edge: paused by .*new certificates");
    assertThat(cockpit.weir("proxies").out()).containsPattern("edge .*paused by ");
  }

  @Test
  void tables_fit_the_terminal_and_colour_is_for_terminals_only() {
    Terminal narrow = new Terminal(OptionalInt.of(60), OptionalInt.empty(), Terminal.Colour.SOME);
    Ended ended =
        Cockpit.execute(folder, narrow, Map.of(), "members", "web", "--server", cockpit.address());
    assertThat(ended.out()).contains("\u001b[32mready\u001b[0m", "…");
    List<String> plain =
        ended.out().lines().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")).toList();
    assertThat(plain).allMatch(line -> line.length() <= 60);
    assertThat(cockpit.weir("members", "web").out()).doesNotContain("\u001b");
  }

  @Test
  void history_show_and_diff_tell_what_was_applied() {
    weir.applied(Samples.revision(7, "one\ntwo\n"));
    weir.applied(Samples.revision(8, "one\nthree\n"));
    assertThat(cockpit.weir("history").out())
        .containsPattern("8 +edge .* reload +12 ms +web web1: not there, was ready weight 1");
    assertThat(cockpit.weir("history", "edge", "--limit", "1").out().lines()).hasSize(2);
    assertThat(cockpit.weir("show", "7").out()).isEqualTo("one\ntwo\n");
    Ended diff = cockpit.weir("diff", "7", "8");
    assertThat(diff.code()).isEqualTo(3);
    assertThat(diff.out()).contains("-two\n+three\n");
    assertThat(cockpit.weir("diff", "7", "7").code()).isZero();
    assertThat(cockpit.weir("show", "9").code()).isEqualTo(1);
  }

  @Test
  void rollback_brings_a_revision_back_and_says_so_until_resume() {
    weir.applied(Samples.revision(7, "one\n"));
    assertThat(cockpit.weir("rollback", "7", "--reason", "r").out())
        .isEqualTo("edge runs revision 7 and stays there until weir resume edge\n");
    assertThat(cockpit.weir("proxies").out()).contains("pinned to revision 7 by ");
    assertThat(cockpit.weir("status").out()).contains("! proxy edge: pinned to revision 7 by ");
    assertThat(cockpit.weir("resume", "edge").out()).isEqualTo("edge resumed\n");
    assertThat(cockpit.weir("proxies").out()).doesNotContain("pinned");
  }

  @Test
  void a_rollback_that_cannot_be_is_refused_with_the_reason() {
    weir.applied(Samples.revision(7, "one\n"));
    assertThat(cockpit.weir("rollback", "8").code()).isEqualTo(1);
    SampleProxy edge = (SampleProxy) weir.proxies().getFirst();
    edge.rollback(
        Optional.of(new Outcome.Rejected("unknown directive in line 3", Optional.empty(), false)));
    Ended refused = cockpit.weir("rollback", "7");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("edge does not take it", "unknown directive in line 3");
    assertThat(weir.pauses().all()).isEmpty();
    edge.rollback(Optional.empty());
    Ended late = cockpit.weir("rollback", "7", "--timeout", "10ms");
    assertThat(late.code()).as(late.err()).isEqualTo(5);
    assertThat(cockpit.weir("resume").code()).isZero();
    weir.pausedBy("paused by the file /etc/weir/paused; remove it to go on");
    assertThat(cockpit.weir("rollback", "7").err()).contains("paused by the file");
  }

  @Test
  void status_tells_scripts_by_its_exit_code_whether_something_needs_attention() {
    assertThat(cockpit.weir("status", "--check").code()).isZero();
    weir.storeFails("the disk is full");
    assertThat(cockpit.weir("status").code()).isZero();
    Ended checked = cockpit.weir("status", "--check");
    assertThat(checked.code()).isEqualTo(3);
    assertThat(checked.out()).contains("! state cannot be kept").contains("the disk is full");
  }
}
