package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.SampleProxy;
import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.app.cli.Cockpit.Ended;
import dev.weir.engine.keeper.Refused;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.Target;
import dev.weir.spi.Drain;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that decide something do, print, and end with. */
class DecisionCommandsTest {

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

  private List<OperatorOverride> overrides() {
    return weir.overrides("web");
  }

  @Test
  void drain_decides_with_reason_and_end() {
    Ended ended = cockpit.weir("drain", "web", "web1", "--reason", "new disk", "--for", "30m");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).matches("web web1 drained, generation \\d+\n");
    OperatorOverride.Attribution by = overrides().getFirst().attribution();
    assertThat(overrides().getFirst().action()).isEqualTo(new OperatorOverride.Drain());
    assertThat(by.by()).isEqualTo(System.getProperty("user.name"));
    assertThat(by.reason()).contains("new disk");
    assertThat(Duration.between(by.at(), by.until().orElseThrow()))
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void enable_takes_disable_back() {
    assertThat(cockpit.weir("disable", "web", "web1", "web2", "--force").out().lines()).hasSize(2);
    assertThat(overrides()).hasSize(2);
    assertThat(cockpit.weir("enable", "web", "web1", "web2").code()).isZero();
    assertThat(overrides()).isEmpty();
  }

  @Test
  void members_are_found_by_name_address_and_unique_beginning() {
    assertThat(cockpit.weir("drain", "web", "10.0.0.2:80").out()).startsWith("web web2 drained");
    assertThat(cockpit.weir("drain", "web", "10.0.0.3").out()).startsWith("web web3 drained");
    assertThat(cockpit.weir("drain", "web", "web1", "--force").out())
        .startsWith("web web1 drained");
  }

  @Test
  void what_is_not_clear_is_refused_with_the_candidates() {
    Ended ended = cockpit.weir("drain", "web", "web");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "web could be any of 3: web1 (10.0.0.1:80), web2 (10.0.0.2:80), web3 (10.0.0.3:80)");
    Ended nobody = cockpit.weir("drain", "web", "web9");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("pool web has no member web9");
    assertThat(overrides()).isEmpty();
  }

  @Test
  void a_whole_address_never_stands_for_the_beginning_of_another() {
    assertThat(cockpit.weir("add", "web", "10.0.0.7:8080").code()).isZero();
    assertThat(cockpit.weir("remove", "web", "10.0.0.7:80").code()).isEqualTo(1);
  }

  @Test
  void what_is_no_address_and_no_member_cannot_be_added() {
    Ended port = cockpit.weir("add", "web", "10.0.0.7:99999");
    assertThat(port.code()).isEqualTo(2);
    assertThat(port.err()).contains("99999 (expected: 1 to 65535)");
    Ended name = cockpit.weir("add", "web", "web9");
    assertThat(name.code()).isEqualTo(1);
    assertThat(name.err())
        .contains("pool web has no member web9")
        .contains("a new one is added by its address: HOST:PORT or unix:/PATH");
    assertThat(overrides()).isEmpty();
  }

  @Test
  void one_unclear_member_among_several_stops_them_all() {
    assertThat(cockpit.weir("disable", "web", "web1", "web").code()).isEqualTo(2);
    assertThat(overrides()).isEmpty();
  }

  @Test
  void weight_is_set_and_taken_back() {
    assertThat(cockpit.weir("weight", "web", "web1", "7").out())
        .startsWith("web web1 has weight 7");
    assertThat(overrides().getFirst().action()).isEqualTo(new OperatorOverride.Weight(7));
    assertThat(cockpit.weir("members", "web").out()).containsPattern("web1 .*ready +7 ");
    assertThat(cockpit.weir("weight", "web", "web1", "auto").code()).isZero();
    assertThat(overrides()).isEmpty();
  }

  @Test
  void weight_zero_is_no_weight_but_a_drain() {
    Ended ended = cockpit.weir("weight", "web", "web1", "0");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("hint: use drain: weir drain web web1");
    assertThat(cockpit.weir("weight", "web", "web1", "257").code()).isEqualTo(2);
    assertThat(cockpit.weir("weight", "web", "web1", "heavy").code()).isEqualTo(2);
    assertThat(overrides()).isEmpty();
  }

  @Test
  void remove_hides_a_discovered_member_until_add() {
    assertThat(cockpit.weir("remove", "web", "web1", "--reason", "gone").code()).isZero();
    assertThat(overrides().getFirst().action()).isEqualTo(new OperatorOverride.Remove());
    assertThat(cockpit.weir("members", "web").out()).containsPattern("web1 .*absent");
    assertThat(cockpit.weir("add", "web", "web1").code()).isZero();
    assertThat(overrides()).isEmpty();
    assertThat(cockpit.weir("members", "web").out()).containsPattern("web1 .*ready");
  }

  @Test
  void add_brings_a_member_that_no_source_knows_and_remove_lets_it_go() {
    Ended added =
        cockpit.weir(
            "add",
            "web",
            "10.0.0.9:8080",
            "--name",
            "extra",
            "--weight",
            "5",
            "--backup",
            "--label",
            "rack=7");
    assertThat(added.code()).isZero();
    OperatorOverride.Add add = (OperatorOverride.Add) overrides().getFirst().action();
    assertThat(add.member().name()).contains("extra");
    assertThat(add.member().weight()).isEqualTo(5);
    assertThat(add.member().backup()).isTrue();
    assertThat(add.member().labels()).containsEntry("rack", "7");
    assertThat(cockpit.weir("remove", "web", "extra").code()).isZero();
    assertThat(overrides()).isEmpty();
  }

  @Test
  void wait_is_told_when_every_proxy_has_confirmed() {
    Ended ended = cockpit.weir("drain", "web", "web1", "--wait");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains(", confirmed by every proxy");
  }

  @Test
  void a_drain_is_waited_for_until_the_last_connection_has_ended() {
    SampleProxy edge = (SampleProxy) weir.proxies().getFirst();
    edge.drains(drain("web1", Drain.Phase.RUNNING));
    Ended late =
        cockpit.weir("drain", "web", "web1", "web2", "--force", "--wait", "--timeout", "200ms");
    assertThat(late.code()).isEqualTo(5);
    assertThat(late.err()).contains("not confirmed within 200ms by edge");
    assertThat(cockpit.weir("drain", "web", "web2", "--force", "--wait", "--timeout", "5s").code())
        .isZero();

    edge.drains(drain("web1", Drain.Phase.EMPTY));
    Ended done =
        cockpit.weir("drain", "web", "web1", "web2", "--force", "--wait", "--timeout", "5s");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains(", confirmed by every proxy");
  }

  private static Drain drain(String server, Drain.Phase phase) {
    return new Drain(new PoolId("web"), server, Duration.ofSeconds(3), OptionalInt.of(1), phase);
  }

  @Test
  void wait_ends_with_a_code_of_its_own_when_a_proxy_lags() {
    ((SampleProxy) weir.proxies().getFirst()).lag();
    Ended ended = cockpit.weir("drain", "web", "web1", "--wait", "--timeout", "200ms");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.out()).startsWith("web web1 drained");
    assertThat(ended.err()).contains("decided, but not confirmed within 200ms by edge");
    assertThat(overrides()).hasSize(1);
  }

  @Test
  void release_accepts_and_denies() {
    assertThat(cockpit.weir("release", "web").code()).isZero();
    assertThat(cockpit.weir("release", "web", "--deny").code()).isZero();
    String user = System.getProperty("user.name");
    assertThat(weir.commands()).containsExactly("release web by " + user, "deny web by " + user);
  }

  @Test
  void what_the_keeper_refuses_ends_as_refused() {
    weir.refuse(new Refused("the guard says no"));
    Ended ended = cockpit.weir("disable", "web", "web1");
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("the guard says no");
  }

  @Test
  void answers_are_json_for_programs() {
    Ended ended = cockpit.weir("drain", "web", "web1", "--wait", "-o", "json");
    assertThat(ended.json().objects("items").getFirst().isTrue("confirmed")).isTrue();
    assertThat(ended.json().objects("items").getFirst().number("generation")).isPresent();
  }

  @Test
  void the_last_ready_members_are_only_taken_by_force() {
    Ended both = cockpit.weir("disable", "web", "web1", "web2");
    assertThat(both.code()).isEqualTo(4);
    assertThat(both.err())
        .contains("this takes web1, web2 out of web and leaves 0 of 2 ready members")
        .contains("--force");
    assertThat(overrides()).isEmpty();

    assertThat(cockpit.weir("disable", "web", "web1").code()).isZero();
    assertThat(cockpit.weir("drain", "web", "web2").code()).isEqualTo(4);
    assertThat(cockpit.weir("remove", "web", "web2").code()).isEqualTo(4);
    assertThat(overrides()).hasSize(1);
    assertThat(cockpit.weir("drain", "web", "web2", "--force").code()).isZero();
    assertThat(overrides()).hasSize(2);
  }

  @Test
  void a_selector_concerns_everybody_with_its_labels_in_one_pool_or_in_all() {
    Ended one = cockpit.weir("drain", "web", "-l", "host=web7", "--for", "2h");
    assertThat(one.code()).isZero();
    assertThat(one.out()).startsWith("every member with host=web7 in web drained");
    assertThat(overrides().getFirst().target())
        .isEqualTo(new Target.InPool(new PoolId("web"), new TreeMap<>(Map.of("host", "web7"))));
    assertThat(cockpit.weir("disable", "--all-pools", "-l", "host=web7", "-l", "rack=2").out())
        .startsWith("every member with host=web7,rack=2 in every pool disabled");
    assertThat(overrides().getLast().target())
        .isEqualTo(new Target.Everywhere(new TreeMap<>(Map.of("host", "web7", "rack", "2"))));

    Ended list = cockpit.weir("overrides");
    assertThat(list.out())
        .containsPattern("web +host=web7 +drain +waiting")
        .containsPattern("\\(all\\) +host=web7,rack=2 +disable +waiting");
    assertThat(cockpit.weir("enable", "web", "-l", "host=web7").code()).isZero();
    assertThat(overrides()).hasSize(1);
  }

  @Test
  void what_was_decided_is_cleared_by_its_id() {
    assertThat(cockpit.weir("drain", "web", "web1").code()).isZero();
    String id =
        cockpit.weir("overrides", "-o", "json").json().objects("items").getFirst().text("id").get();
    assertThat(cockpit.weir("clear", id).out()).startsWith(id + " cleared");
    assertThat(overrides()).isEmpty();
    assertThat(cockpit.weir("clear", id).code()).isEqualTo(1);
  }

  @Test
  void a_pin_keeps_a_member_in_traffic_whatever_its_check_says() {
    assertThat(cockpit.weir("members", "web").out()).doesNotContainPattern("web3 .* ready");
    assertThat(cockpit.weir("enable", "web", "web3", "--pin").out()).startsWith("web web3 pinned");
    assertThat(cockpit.weir("members", "web").out()).containsPattern("web3 .*ready");
    assertThat(cockpit.weir("enable", "web", "web3").code()).isZero();
    assertThat(overrides()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drain",
        "drain web",
        "drain --all-pools",
        "drain web --all-pools -l a=b",
        "drain web web1 -l a=b"
      })
  void whom_it_concerns_has_to_be_clear(String line) {
    assertThat(cockpit.weir(line.split(" ")).code()).isEqualTo(2);
    assertThat(overrides()).isEmpty();
  }

  @Test
  void split_shares_traffic_and_explain_says_what_it_comes_to() {
    PoolId pool = new PoolId("shop");
    List<CatalogMember> members = new ArrayList<>();
    Map<MemberId, Health> health = new HashMap<>();
    for (int i = 1; i <= 4; i++) {
      CatalogMember plain = Samples.member(pool, "shop" + i, "10.0.9." + i + ":80");
      Member member =
          plain.member().withLabels(new TreeMap<>(Map.of("color", i == 1 ? "green" : "blue")));
      members.add(new CatalogMember(member, plain.presence(), plain.standing(), plain.sources()));
      health.put(member.id(), new Health.Up(Instant.now()));
    }
    weir.pool(new CatalogPool(Samples.definition(pool), members), health);
    weir.proxy("inner", "shop");

    Ended split = cockpit.weir("split", "shop", "color", "green=10%", "--reason", "canary");
    assertThat(split.out()).matches("shop split by color: green=10%, generation \\d+\n");
    assertThat(cockpit.weir("members", "shop").out())
        .containsPattern("shop1 .* 1 ")
        .containsPattern("shop2 .* 3 ");
    assertThat(cockpit.weir("explain", "shop", "shop1").out())
        .contains("split     by color: group green, 10% for 1 ready; its weights come to 10%")
        .contains("override  split");
    assertThat(cockpit.weir("explain", "shop", "shop2").out())
        .contains("groups without a share, 90% for 3 ready; its weights come to 90%");
    assertThat(cockpit.weir("overrides", "--pool", "shop").out())
        .containsPattern("shop .* split color: green=10(.0)? +1 member");

    assertThat(cockpit.weir("split", "shop", "--clear").out())
        .startsWith("shop is not split any more");
    assertThat(weir.overrides("shop")).isEmpty();
    assertThat(cockpit.weir("split", "shop", "--clear").code()).isEqualTo(1);
    assertThat(cockpit.weir("split", "shop", "color").code()).isEqualTo(2);
    assertThat(cockpit.weir("split", "shop", "color", "green").code()).isEqualTo(2);
    assertThat(cockpit.weir("split", "shop", "color", "green=60%", "blue=60%").err())
        .contains("120.0% together (expected: at most 100%)");
  }

  @Test
  void pause_and_resume_one_proxy_or_all() {
    assertThat(cockpit.weir("pause", "edge", "--for", "1h", "--reason", "r").out())
        .isEqualTo("edge paused\n");
    assertThat(weir.pauses().all().getFirst().attribution().until()).isPresent();
    assertThat(cockpit.weir("pause").out()).isEqualTo("every proxy paused\n");
    assertThat(cockpit.weir("resume", "edge").out()).startsWith("edge still paused by ");
    assertThat(cockpit.weir("resume").out()).isEqualTo("every proxy resumed\n");
    assertThat(weir.pauses().all()).isEmpty();
    assertThat(cockpit.weir("pause", "nobody").code()).isEqualTo(1);

    weir.pausedBy("paused by the file /etc/weir/paused; remove it to go on");
    assertThat(cockpit.weir("resume").out())
        .isEqualTo("every proxy still paused by the file /etc/weir/paused; remove it to go on\n");
    assertThat(cockpit.weir("proxies", "-o", "json").out()).contains("/etc/weir/paused");
  }

  @Test
  void tokens_are_made_shown_once_and_revoked() {
    Ended made = cockpit.weir("token", "create", "ci", "--role", "operator", "--for", "90d");
    assertThat(made.out()).matches("weir_[A-Za-z0-9_-]{43}\\n");
    assertThat(cockpit.weir("token", "list").out())
        .containsPattern("ci +operator")
        .doesNotContain(made.out().strip());
    assertThat(
            Cockpit.execute(
                    folder,
                    Terminal.NONE,
                    Map.of("WEIR_SERVER", cockpit.address(), "WEIR_TOKEN", made.out().strip()),
                    "drain",
                    "web",
                    "web1")
                .code())
        .isZero();
    assertThat(overrides().getFirst().attribution().by()).isEqualTo("ci");
    assertThat(cockpit.weir("token", "revoke", "ci").out()).isEqualTo("ci revoked\n");
    assertThat(cockpit.weir("token", "revoke", "ci").code()).isEqualTo(1);
    assertThat(cockpit.weir("token", "create").code()).isEqualTo(2);
  }
}
