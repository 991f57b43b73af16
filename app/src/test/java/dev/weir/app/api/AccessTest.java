package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AccessToken.Role;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every role at every route, and what becomes of tokens. */
class AccessTest {

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

  private String token(String role) throws IOException {
    RawHttp.Reply reply =
        RawHttp.write(
            api.unix,
            "POST",
            "/v1/tokens",
            "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(role, role));
    return "Authorization: Bearer " + reply.json().text("token").orElseThrow();
  }

  @Test
  void every_role_may_do_at_every_route_what_it_needs_and_nothing_else() throws IOException {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      tokens.put(role, token(role.name().toLowerCase(Locale.ROOT)));
    }
    int tried = 0;
    for (Route route : new Routes(weir, weir, new Meters()).all()) {
      String target = route.path().replaceAll("\\{[a-z]+}", "nobody");
      for (Map.Entry<Role, String> token : tokens.entrySet()) {
        RawHttp.Reply reply =
            RawHttp.send(
                api.loopback, route.method().name(), target, "", new String[] {token.getValue()});
        boolean refused = reply.status() == 403;
        assertThat(refused)
            .as("%s %s as %s: %d", route.method(), target, token.getKey(), reply.status())
            .isEqualTo(token.getKey().compareTo(route.needs()) < 0);
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(90);
  }

  @Test
  void without_a_token_the_port_reads_only_and_knows_nothing_of_tokens() throws IOException {
    for (Route route : new Routes(weir, weir, new Meters()).all()) {
      String target = route.path().replaceAll("\\{[a-z]+}", "nobody");
      RawHttp.Reply reply = RawHttp.send(api.loopback, route.method().name(), target);
      assertThat(reply.status() == 403)
          .as("%s %s: %d", route.method(), target, reply.status())
          .isEqualTo(route.needs() != Role.VIEWER);
    }
  }

  @Test
  void every_role_may_call_by_xml_rpc_what_it_may_do_and_nothing_else() throws IOException {
    List<String> reading =
        List.of(
            "get_pools",
            "get_members",
            "get_member_states",
            "system.listMethods",
            "system.methodHelp",
            "system.methodSignature",
            "system.multicall");
    List<String> deciding =
        List.of("disable_member", "enable_member", "add_member", "remove_member");
    for (Role role : Role.values()) {
      String token = token(role.name().toLowerCase(Locale.ROOT));
      for (String method : reading) {
        assertThat(called(method, token)).as("%s as %s", method, role).doesNotContain("403");
      }
      for (String method : deciding) {
        assertThat(called(method, token).contains("403: "))
            .as("%s as %s", method, role)
            .isEqualTo(role == Role.VIEWER);
      }
    }
  }

  /** What is answered, be it a fault: the pool and the member are nobody's. */
  private String called(String method, String token) throws IOException {
    String call =
        "<methodCall><methodName>%s</methodName><params><param><value><string>nobody</string></value>"
                .formatted(method)
            + "</param><param><value><string>10.9.9.9:80</string></value></param></params></methodCall>";
    String[] headers = {token, "Content-Type: text/xml", "Content-Length: " + call.length()};
    try (RawHttp http = new RawHttp(api.loopback)) {
      http.write(
          "POST /RPC2 HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n\r\n%s"
              .formatted(api.loopback, String.join("\r\n", headers), call));
      return http.reply().body();
    }
  }

  /** Files that Weir edits or renders hold passwords of the user's. */
  @Test
  void what_was_in_files_is_for_operators_and_that_they_changed_for_viewers() throws IOException {
    weir.applied(Samples.revision(6, "user admin password one\n"));
    weir.applied(Samples.revision(7, "user admin password two\n"));
    String[] viewer = {token("viewer")};
    String[] operator = {token("operator")};

    for (String[] headers : List.of(new String[0], viewer)) {
      RawHttp.Reply list = RawHttp.send(api.loopback, "GET", "/v1/revisions", "", headers);
      assertThat(list.status()).isEqualTo(200);
      assertThat(list.body()).contains("\"number\":7").doesNotContain("password");
      for (String target : List.of("/v1/revisions/7", "/v1/revisions/7/diff")) {
        RawHttp.Reply refused = RawHttp.send(api.loopback, "GET", target, "", headers);
        assertThat(refused.status()).as(target).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("password");
      }
    }
    for (String target : List.of("/v1/revisions/7", "/v1/revisions/7/diff")) {
      assertThat(RawHttp.send(api.loopback, "GET", target, "", operator).body())
          .contains("password two");
      assertThat(RawHttp.send(api.unix, "GET", target).body()).contains("password two");
    }
  }

  @Test
  void a_decision_by_token_is_journalled_in_its_name_until_it_is_revoked() throws IOException {
    String[] ci = {token("operator")};
    String path = "/v1/pools/web/members/web1";
    assertThat(RawHttp.send(api.loopback, "PATCH", path, "{\"state\":\"drain\"}", ci).status())
        .isEqualTo(200);
    assertThat(weir.overrides("web").getFirst().attribution().by()).isEqualTo("operator");

    assertThat(RawHttp.send(api.unix, "DELETE", "/v1/tokens/operator").status()).isEqualTo(200);
    RawHttp.Reply late = RawHttp.send(api.loopback, "GET", "/v1/pools", "", ci);
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.json().text("type")).contains("urn:weir:problem:bad-token");
    assertThat(RawHttp.send(api.loopback, "GET", "/v1/events").body())
        .contains("token.created", "token.revoked");
  }

  @Test
  void a_wrong_token_costs_a_second_each_time_and_a_right_one_nothing() throws Exception {
    List<Duration> slept = new CopyOnWriteArrayList<>();
    SampleWeir other = new SampleWeir(noting(slept));
    Attribution by = new Attribution("a", Instant.now(), Optional.empty(), Optional.empty());
    String right = "Authorization: Bearer " + other.tokens().create("ci", Role.VIEWER, by);
    try (Served guarded = new Served(other, folder.resolve("other"), Limits.DEFAULT)) {
      for (int i = 1; i <= 3; i++) {
        String[] wrong = {"Authorization: Bearer weir_" + "x".repeat(42) + i};
        assertThat(RawHttp.send(guarded.loopback, "GET", "/v1/pools", "", wrong).status())
            .isEqualTo(401);
        assertThat(slept).hasSize(i).containsOnly(Duration.ofSeconds(1));
      }
      assertThat(RawHttp.send(guarded.loopback, "GET", "/v1/events?since=1h").body())
          .doesNotContain("access.denied");
      for (int i = 4; i <= 6; i++) {
        String[] wrong = {"Authorization: Bearer weir_" + i};
        assertThat(RawHttp.send(guarded.loopback, "GET", "/v1/pools", "", wrong).status())
            .isEqualTo(401);
      }
      slept.clear();
      assertThat(RawHttp.send(guarded.loopback, "GET", "/v1/events?since=1h").body())
          .containsOnlyOnce("5 wrong tokens within 1m at " + guarded.loopback)
          .contains("access.denied");
      String[] good = {right};
      assertThat(RawHttp.send(guarded.loopback, "GET", "/v1/pools", "", good).status())
          .isEqualTo(200);
      assertThat(slept).isEmpty();
    }
  }

  /** The system's time, but for sleeps: those are noted and over at once. */
  private static Time noting(List<Duration> slept) {
    return new Time() {
      @Override
      public Instant now() {
        return Time.SYSTEM.now();
      }

      @Override
      public long nanos() {
        return Time.SYSTEM.nanos();
      }

      @Override
      public void sleep(Duration howLong) {
        slept.add(howLong);
      }

      @Override
      public void await(Lock held, Condition condition, Duration atMost)
          throws InterruptedException {
        Time.SYSTEM.await(held, condition, atMost);
      }
    };
  }

  @Test
  void secrets_are_nowhere_but_in_the_first_answer_and_tokens_end() throws Exception {
    String secret = token("admin").substring("Authorization: Bearer ".length());
    assertThat(secret).matches("weir_[A-Za-z0-9_-]{43}");
    assertThat(RawHttp.send(api.unix, "GET", "/v1/tokens").body()).doesNotContain(secret);
    assertThat(weir.tokens().all().toString()).doesNotContain(secret);

    Instant past = Instant.now().minusSeconds(1);
    String old =
        weir.tokens()
            .create(
                "old", Role.ADMIN, new Attribution("a", past, Optional.empty(), Optional.of(past)));
    assertThat(weir.tokens().of(old)).isEmpty();
    assertThat(weir.tokens().of(secret)).isPresent();
    assertThat(weir.tokens().of("weir_")).isEmpty();
  }
}
