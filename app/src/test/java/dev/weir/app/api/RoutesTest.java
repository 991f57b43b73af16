package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.reconcile.Sync;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Condition;
import dev.weir.model.Fingerprint;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.Observed;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes answer. */
class RoutesTest {

  private static final PoolId WEB = new PoolId("web");

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private Served api;

  @BeforeEach
  void serve() throws SetupException {
    api = new Served(weir, folder, Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private JsonObject get(String target) throws IOException {
    RawHttp.Reply reply = RawHttp.send(api.unix, "GET", target);
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void lists_come_in_pages() throws IOException {
    JsonObject first = get("/v1/pools/web/members?limit=2");
    assertThat(names(first)).containsExactly("web1", "web2");
    JsonObject second =
        get("/v1/pools/web/members?limit=2&cursor=" + first.text("next").orElseThrow());
    assertThat(names(second)).containsExactly("web3");
    assertThat(second.text("next")).isEmpty();
  }

  @Test
  void a_member_is_found_by_address() throws IOException {
    assertThat(names(get("/v1/pools/web/members?address=10.0.0.2:80"))).containsExactly("web2");
    assertThat(names(get("/v1/pools/web/members?address=10.0.0.2:8"))).isEmpty();
    assertThat(get("/v1/pools/web/members/web2").text("address")).contains("10.0.0.2:80");
    assertThat(get("/v1/pools/web/members/10.0.0.2:80").text("name")).contains("web2");
  }

  @Test
  void a_member_tells_its_state_and_why() throws IOException {
    JsonObject member = get("/v1/pools/web/members/web3");
    assertThat(member.text("state")).contains("maint");
    assertThat(member.text("health")).contains("down");
    assertThat(member.text("health_since")).contains("2030-01-01T00:00:00.000Z");
    assertThat(member.object("because").flatMap(b -> b.text("cause"))).contains("check_failed");
    assertThat(member.texts("sources")).containsExactly("web/static");
  }

  @Test
  void held_members_are_counted_and_explained() throws IOException {
    List<CatalogMember> members = new ArrayList<>();
    members.add(
        Samples.member(WEB, "web1", "10.0.0.1:80")
            .with(
                new Presence.Held(
                    "it would be half the pool", Instant.EPOCH, Optional.empty(), Set.of())));
    weir.pool(new CatalogPool(Samples.definition(WEB), members), Map.of());
    assertThat(get("/v1/pools/web").number("held")).hasValue(1);
    JsonObject presence = get("/v1/explain/web/web1").object("presence").orElse(new JsonObject());
    assertThat(presence.text("is")).contains("held");
    assertThat(presence.text("reason")).contains("it would be half the pool");
  }

  @Test
  void a_draining_member_says_so() throws IOException {
    CatalogMember member = Samples.member(WEB, "web1", "10.0.0.1:80");
    CatalogMember draining =
        new CatalogMember(
            member.member().withCondition(Condition.DRAINING),
            member.presence(),
            member.standing(),
            member.sources());
    weir.pool(new CatalogPool(Samples.definition(WEB), List.of(draining)), Map.of());
    assertThat(get("/v1/pools/web/members/web1").text("condition")).contains("draining");
    assertThat(get("/v1/pools/web/members/web1").text("state")).contains("drain");
  }

  @Test
  void a_proxy_tells_what_it_refused_and_what_would_be_done() throws IOException {
    ((SampleProxy) weir.proxies().getFirst())
        .trouble(
            new Sync.Behind("it refuses the file", Optional.empty()),
            new Outcome.Rejected("unknown directive", Optional.of("a.conf:3"), true),
            new Observed.Condition.NotRunning("the pid file is empty"));
    JsonObject proxy = get("/v1/proxies/edge");
    assertThat(proxy.isTrue("in_sync")).isFalse();
    assertThat(proxy.object("last_outcome").flatMap(o -> o.text("place"))).contains("a.conf:3");
    assertThat(proxy.object("condition").flatMap(c -> c.text("is"))).contains("not_running");
    assertThat(get("/v1/proxies/edge/plan").text("why")).contains("it refuses the file");
  }

  @Test
  void readiness_gives_its_reasons() throws IOException {
    assertThat(get("/readyz").isTrue("ready")).isTrue();
    weir.source(SourceState.unheard(SourceName.of(WEB, "static")));
    RawHttp.Reply reply = RawHttp.send(api.unix, "GET", "/readyz");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().texts("reasons")).containsExactly("source web/static has not reported");
    assertThat(get("/livez").isTrue("live")).isTrue();
  }

  @Test
  void it_is_ready_when_the_proxies_follow_the_first_reports() throws IOException {
    SourceName source = SourceName.of(WEB, "static");
    weir.source(SourceState.unheard(source));
    assertThat(RawHttp.send(api.unix, "GET", "/readyz").status()).isEqualTo(503);
    SampleProxy edge = (SampleProxy) weir.proxies().getFirst();
    edge.trouble(
        new Sync.Reached(),
        new Outcome.Applied(Fingerprint.of(""), Outcome.Way.LIVE),
        new Observed.Condition.Running("2.6"));
    SourceState.LastGood nobody = new SourceState.LastGood(List.of(), Instant.EPOCH, false);
    weir.source(new SourceState(source, Optional.of(nobody), Optional.empty()));

    assertThat(RawHttp.send(api.unix, "GET", "/readyz").json().texts("reasons"))
        .containsExactly("proxy edge does not follow the first reports of the sources yet");
    edge.follow();
    assertThat(get("/readyz").isTrue("ready")).isTrue();
  }

  @Test
  void a_bad_file_leaves_weir_ready_unless_it_was_bad_at_the_start() throws IOException {
    Optional<String> problem = Optional.of("weir.yaml:3:1: no");
    weir.configuration(new View.ConfigState(Instant.EPOCH, problem, View.Origin.THIS_RUN));
    assertThat(get("/readyz").isTrue("ready")).isTrue();
    assertThat(get("/v1/status").text("configuration_problem")).isEqualTo(problem);
    weir.configuration(new View.ConfigState(Instant.EPOCH, problem, View.Origin.FORMER_RUN));
    assertThat(RawHttp.send(api.unix, "GET", "/readyz").status()).isEqualTo(503);
  }

  @Test
  void a_write_waits_for_every_proxy() throws IOException {
    RawHttp.Reply reply =
        RawHttp.write(
            api.unix, "PATCH", "/v1/pools/web/members/web1?wait=10s", "{\"state\":\"maint\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().isTrue("confirmed")).isTrue();
  }

  @Test
  void a_write_may_decide_state_and_weight_at_once() throws IOException {
    String body = "{\"state\":\"drain\",\"weight\":9,\"reason\":\"r\",\"for_seconds\":60}";
    assertThat(RawHttp.write(api.unix, "PATCH", "/v1/pools/web/members/web1", body).status())
        .isEqualTo(200);
    assertThat(weir.overrides("web"))
        .extracting(OperatorOverride::action)
        .containsExactlyInAnyOrder(new OperatorOverride.Drain(), new OperatorOverride.Weight(9));
    assertThat(weir.overrides("web"))
        .allMatch(override -> override.attribution().until().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"state\":\"gone\"}",
        "{\"weight\":0}",
        "{\"weight\":257}",
        "{\"weight\":\"much\"}",
        "{\"weight\":-1}",
        "{\"weight\":99999999999999999999}",
        "{\"wieght\":1}",
        "{}",
        "[]",
        "{\"state\":\"drain\",\"for_seconds\":-1}",
        "{\"state\":\"drain\",\"state\":\"ready\"}"
      })
  void a_wrong_change_is_refused_and_changes_nothing(String body) throws IOException {
    RawHttp.Reply reply = RawHttp.write(api.unix, "PATCH", "/v1/pools/web/members/web1", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().text("type")).contains("urn:weir:problem:bad-request");
    assertThat(weir.overrides("web")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/pools?nonsense=1, 400",
    "/v1/pools?limit=0, 400",
    "/v1/pools?limit=x, 400",
    "/v1/pools?cursor=%zz, 400",
    "/v1/pools?cursor=~, 400",
    "/v1/pools/nobody, 404",
    "/v1/pools/web/members/nobody, 404",
    "/v1/proxies/nobody, 404",
    "/v1/explain/web/nobody, 404",
    "/v1/pools/%2e%2e/members, 404"
  })
  void wrong_requests_are_problems(String target, int status) throws IOException {
    RawHttp.Reply reply = RawHttp.send(api.unix, "GET", target);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void an_added_member_is_checked() throws IOException {
    RawHttp.Reply nowhere =
        RawHttp.write(api.unix, "POST", "/v1/pools/web/members", "{\"address\":\"nowhere\"}");
    assertThat(nowhere.status()).isEqualTo(400);
    assertThat(nowhere.json().text("detail").orElse("")).contains("\"nowhere\" (expected: IP:PORT");
    assertThat(RawHttp.write(api.unix, "POST", "/v1/pools/web/members", "{}").status())
        .isEqualTo(400);
  }

  /**
   * The catalog names members that were added, too: by the operators' own list, and by no other.
   */
  @Test
  void an_addition_is_taken_back_by_removing_and_not_by_adding_again() throws IOException {
    String body = "{\"address\":\"10.0.0.9:80\"}";
    RawHttp.write(api.unix, "POST", "/v1/pools/web/members", body);
    Member added =
        Member.of(new MemberId(WEB, Address.parse("10.0.0.9:80")), SourceName.of(WEB, "operator"));
    weir.pool(
        new CatalogPool(Samples.definition(WEB), List.of(CatalogMember.present(added))), Map.of());

    assertThat(RawHttp.write(api.unix, "POST", "/v1/pools/web/members", body).status())
        .isEqualTo(200);
    assertThat(weir.overrides("web"))
        .extracting(OperatorOverride::action)
        .hasOnlyElementsOfType(OperatorOverride.Add.class)
        .hasSize(1);

    assertThat(RawHttp.send(api.unix, "DELETE", "/v1/pools/web/members/10.0.0.9:80").status())
        .isEqualTo(200);
    assertThat(weir.overrides("web")).isEmpty();
  }

  @Test
  void what_the_keeper_refuses_is_a_conflict() throws IOException {
    weir.refuse(new Refused("not now"));
    RawHttp.Reply reply =
        RawHttp.write(api.unix, "PATCH", "/v1/pools/web/members/web1", "{\"state\":\"drain\"}");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().text("detail")).contains("not now");
  }

  @Test
  void members_that_only_differ_in_their_address_are_told_apart() throws IOException {
    MemberId first = new MemberId(WEB, Address.parse("10.0.0.1:80"));
    weir.pool(
        new CatalogPool(
            Samples.definition(WEB),
            List.of(
                Samples.member(WEB, "twin", "10.0.0.1:80"),
                Samples.member(WEB, "twin", "10.0.0.2:80"))),
        Map.of());
    assertThat(names(get("/v1/pools/web/members")))
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("twin_"));
    assertThat(get("/v1/pools/web/members/" + first.address()).text("address"))
        .contains("10.0.0.1:80");
  }

  private static List<String> names(JsonObject list) {
    return list.objects("items").stream().map(item -> item.text("name").orElseThrow()).toList();
  }

  @Test
  void state_that_cannot_be_kept_is_told_at_a_glance_and_is_not_ready() throws IOException {
    weir.storeFails("weir.db: the disk is full; make room, nothing was changed");

    assertThat(RawHttp.send(api.unix, "GET", "/readyz").status()).isEqualTo(503);
    assertThat(get("/v1/status").texts("reasons"))
        .anyMatch(
            reason -> reason.contains("state cannot be kept") && reason.contains("disk is full"));
  }

  @Test
  void an_addition_is_confirmed_when_the_proxies_carry_it_not_before_its_first_check()
      throws Exception {
    String body = "{\"address\":\"10.0.0.9:80\"}";
    RawHttp.Reply early = RawHttp.write(api.unix, "POST", "/v1/pools/web/members?wait=200ms", body);
    assertThat(early.status()).isEqualTo(202);
    assertThat(early.json().texts("waiting_for"))
        .containsExactly("10.0.0.9:80: waits for the first success of its check");

    CatalogMember added = Samples.member(WEB, "web9", "10.0.0.9:80");
    Thread check =
        Thread.ofVirtual()
            .start(() ->
                weir.pool(
                    new CatalogPool(Samples.definition(WEB), List.of(added)),
                    Map.of(added.id(), new Health.Up(Instant.EPOCH))));
    RawHttp.Reply served = RawHttp.write(api.unix, "POST", "/v1/pools/web/members?wait=10s", body);
    check.join();
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.json().isTrue("confirmed")).isTrue();
  }

  @Test
  void a_sync_is_answered_when_the_look_is_over() throws IOException {
    RawHttp.Reply reply = RawHttp.write(api.unix, "POST", "/v1/proxies/edge/sync?wait=5s", "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().isTrue("looked")).isTrue();
    assertThat(weir.commands()).containsExactly("sync edge");
    assertThat(RawHttp.write(api.unix, "POST", "/v1/proxies/nobody/sync", "").status())
        .isEqualTo(404);
  }

  @Test
  void of_two_operators_the_second_is_told_what_the_first_has_decided() throws IOException {
    String path = "/v1/pools/web/members/web1";
    String seen = RawHttp.send(api.unix, "GET", path).header("ETag");
    assertThat(seen).matches("\"[0-9a-f]{16}\"");
    String[] ifMatch = {"If-Match: " + seen};

    RawHttp.Reply first = RawHttp.send(api.unix, "PATCH", path, "{\"state\":\"drain\"}", ifMatch);
    RawHttp.Reply second = RawHttp.send(api.unix, "PATCH", path, "{\"state\":\"maint\"}", ifMatch);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(412);
    JsonObject current = second.json().object("current").orElseThrow();
    assertThat(current.objects("overrides").getFirst().text("action")).contains("drain");
    assertThat(weir.overrides("web")).hasSize(1);
    String[] anew = {"If-Match: " + RawHttp.send(api.unix, "GET", path).header("ETag")};
    assertThat(RawHttp.send(api.unix, "PATCH", path, "{\"state\":\"maint\"}", anew).status())
        .isEqualTo(200);
  }
}
