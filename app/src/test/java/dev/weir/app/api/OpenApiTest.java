package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The description and the program say the same: every route with its method, parameters, status
 * codes and the shape of what it answers.
 */
class OpenApiTest {

  private static final JsonObject DOCUMENT = document();

  @TempDir(factory = ShortTempDir.class)
  Path folder;

  private final SampleWeir weir = Samples.web();
  private final Set<String> seen = new TreeSet<>();
  private Served api;

  @BeforeEach
  void serve() throws SetupException {
    api = new Served(weir, folder, Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static JsonObject document() {
    try {
      return Json.readObject(OpenApi.read());
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject at(JsonObject object, String... keys) {
    JsonObject found = object;
    for (String key : keys) {
      JsonObject in = found;
      found = found.object(key).orElseThrow(() -> new AssertionError(key + " in " + in));
      Optional<String> ref = found.text("$ref");
      if (ref.isPresent() && found.fields().size() == 1) {
        found = at(DOCUMENT, ref.get().substring("#/".length()).split("/"));
      }
    }
    return found;
  }

  private static List<JsonObject> parameters(JsonObject object) {
    return object.objects("parameters").stream()
        .map(p -> p.text("$ref").map(ref -> at(DOCUMENT, ref.substring(2).split("/"))).orElse(p))
        .toList();
  }

  @Test
  void it_is_served() throws IOException {
    RawHttp.Reply reply = RawHttp.send(api.loopback, "GET", "/openapi.json");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().text("openapi")).contains("3.1.0");
    assertThat(reply.json()).isEqualTo(DOCUMENT);
  }

  @Test
  void every_route_is_described_with_its_parameters_and_nothing_else_is() {
    Set<String> described = new TreeSet<>();
    JsonObject paths = at(DOCUMENT, "paths");
    for (String path : paths.fields().keySet()) {
      JsonObject item = at(paths, path);
      for (String method : item.fields().keySet()) {
        if (!method.equals("parameters")) {
          List<JsonObject> all = new ArrayList<>(parameters(item));
          all.addAll(parameters(at(item, method)));
          described.add(
              "%s %s path=%s query=%s"
                  .formatted(
                      method.toUpperCase(Locale.ROOT), path, in("path", all), in("query", all)));
        }
      }
    }
    Set<String> served = new TreeSet<>();
    for (Route route : new Routes(weir, weir, new Meters()).all()) {
      Set<String> inPath = new TreeSet<>();
      Matcher matcher = Pattern.compile("\\{([a-z]+)}").matcher(route.path());
      while (matcher.find()) {
        inPath.add(matcher.group(1));
      }
      served.add(
          "%s %s path=%s query=%s"
              .formatted(route.method(), route.path(), inPath, new TreeSet<>(route.parameters())));
    }
    assertThat(described).isEqualTo(served);
  }

  private static Set<String> in(String place, List<JsonObject> parameters) {
    return parameters.stream()
        .filter(p -> p.text("in").filter(place::equals).isPresent())
        .map(p -> p.text("name").orElseThrow())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** One request: what it asks, and the status that is expected. */
  private record Case(String method, String route, String target, String body, int status) {

    static Case get(String route, String target, int status) {
      return new Case("GET", route, target, "", status);
    }
  }

  private static List<Case> cases() {
    String members = "/v1/pools/{pool}/members";
    String member = members + "/{name}";
    String web1 = "/v1/pools/web/members/web1";
    String sync = "/v1/proxies/{proxy}/sync";
    String decide = "/v1/overrides";
    String rollback = "/v1/revisions/{number}/rollback";
    String reload = "/v1/proxies/{proxy}/reload";
    return List.of(
        Case.get("/livez", "/livez", 200),
        Case.get("/readyz", "/readyz", 200),
        Case.get("/metrics", "/metrics", 200),
        Case.get("/openapi.json", "/openapi.json", 200),
        Case.get("/v1/status", "/v1/status", 200),
        Case.get("/v1/pools", "/v1/pools", 200),
        Case.get("/v1/pools", "/v1/pools?limit=0", 400),
        Case.get("/v1/pools/{pool}", "/v1/pools/web", 200),
        Case.get("/v1/pools/{pool}", "/v1/pools/nobody", 404),
        Case.get(members, "/v1/pools/web/members?limit=2", 200),
        Case.get(members, "/v1/pools/nobody/members", 404),
        Case.get("/v1/pools/{pool}/servers", "/v1/pools/web/servers", 200),
        Case.get("/v1/pools/{pool}/servers", "/v1/pools/nobody/servers", 404),
        Case.get("/v1/pools/{pool}/size", "/v1/pools/web/size?at_least=2", 200),
        Case.get("/v1/pools/{pool}/size", "/v1/pools/web/size?at_least=9&wait=1ms", 202),
        Case.get("/v1/pools/{pool}/size", "/v1/pools/web/size?at_most=x", 400),
        Case.get("/v1/pools/{pool}/size", "/v1/pools/nobody/size", 404),
        new Case("PATCH", "/v1/log_levels", "/v1/log_levels", "{\"level\":\"debug\"}", 200),
        new Case("PATCH", "/v1/log_levels", "/v1/log_levels", "{\"level\":\"loud\"}", 400),
        Case.get("/v1/log_levels", "/v1/log_levels", 200),
        Case.get("/v1/report", "/v1/report", 200),
        new Case("POST", member + "/probe", web1 + "/probe", "", 200),
        new Case("POST", member + "/probe", "/v1/pools/web/members/nobody/probe", "", 404),
        Case.get(member, web1, 200),
        Case.get(member, "/v1/pools/web/members/nobody", 404),
        Case.get("/v1/explain/{pool}/{name}", "/v1/explain/web/web3", 200),
        Case.get("/v1/explain/{pool}/{name}", "/v1/explain/web/nobody", 404),
        Case.get("/v1/sources", "/v1/sources", 200),
        Case.get("/v1/pool_sets", "/v1/pool_sets", 200),
        Case.get("/v1/proxies", "/v1/proxies", 200),
        Case.get("/v1/proxies/{proxy}", "/v1/proxies/edge", 200),
        Case.get("/v1/proxies/{proxy}", "/v1/proxies/nobody", 404),
        Case.get("/v1/proxies/{proxy}/plan", "/v1/proxies/edge/plan", 200),
        Case.get("/v1/proxies/{proxy}/plan", "/v1/proxies/nobody/plan", 404),
        new Case("POST", sync, "/v1/proxies/edge/sync?wait=5s", "", 200),
        new Case("POST", sync, "/v1/proxies/nobody/sync", "", 404),
        new Case("PATCH", member, web1, "{\"state\":\"drain\",\"reason\":\"r\"}", 200),
        new Case("PATCH", member, web1, "{\"state\":\"gone\"}", 400),
        new Case("PATCH", member, "/v1/pools/web/members/x", "{\"weight\":2}", 404),
        new Case("PATCH", member, "/v1/pools/web/members/web2", "{\"state\":\"maint\"}", 409),
        new Case("PATCH", member, web1 + "?wait=5s", "{\"weight\":7,\"for_seconds\":60}", 200),
        new Case("POST", members, "/v1/pools/web/members", "{\"address\":\"10.0.0.9:80\"}", 200),
        new Case("POST", members, "/v1/pools/web/members", "{\"address\":\"\"}", 400),
        new Case("POST", members, "/v1/pools/x/members", "{\"address\":\"10.0.0.9:80\"}", 404),
        new Case(
            "POST",
            members,
            "/v1/pools/web/members?wait=10ms",
            "{\"address\":\"10.0.0.9:80\"}",
            202),
        new Case("DELETE", member, "/v1/pools/web/members/web2", "", 409),
        new Case("DELETE", member, "/v1/pools/web/members/x", "", 404),
        new Case("DELETE", member, "/v1/pools/web/members/web3", "", 200),
        new Case("POST", "/v1/pools/{pool}/release", "/v1/pools/web/release", "{}", 200),
        new Case("POST", "/v1/pools/{pool}/release", "/v1/pools/x/release", "{}", 404),
        new Case(
            "POST",
            decide,
            decide,
            "{\"action\":\"drain\",\"labels\":{\"host\":\"w\"},\"for_seconds\":9}",
            200),
        new Case("POST", decide, decide, "{\"action\":\"drain\"}", 400),
        new Case(
            "POST",
            decide,
            decide,
            "{\"action\":\"pin\",\"pool\":\"web\",\"members\":[\"x\"]}",
            404),
        new Case(
            "POST",
            decide,
            decide,
            "{\"action\":\"disable\",\"pool\":\"web\",\"members\":[\"web1\",\"web2\"]}",
            409),
        new Case(
            "POST",
            decide,
            decide,
            "{\"action\":\"split\",\"pool\":\"web\",\"by\":\"host\",\"shares_percent\":{\"a\":12.5}}",
            200),
        new Case("POST", decide, decide, "{\"action\":\"split\",\"pool\":\"web\"}", 400),
        Case.get("/v1/explain/{pool}/{name}", "/v1/explain/web/web1", 200),
        Case.get(decide, decide, 200),
        new Case("DELETE", "/v1/overrides/{id}", "/v1/overrides/nobody", "", 404),
        new Case("POST", "/v1/pauses", "/v1/pauses", "{\"proxies\":[\"edge\"]}", 200),
        new Case("POST", "/v1/pauses", "/v1/pauses", "{\"proxies\":[\"x\"]}", 404),
        Case.get("/v1/pauses", "/v1/pauses", 200),
        Case.get("/v1/proxies", "/v1/proxies", 200),
        new Case("DELETE", "/v1/pauses/{proxy}", "/v1/pauses/edge", "", 200),
        new Case("DELETE", "/v1/pauses/{proxy}", "/v1/pauses/x", "", 404),
        new Case("DELETE", "/v1/pauses", "/v1/pauses", "", 200),
        new Case("POST", "/v1/tokens", "/v1/tokens", "{\"name\":\"ci\"}", 200),
        new Case("POST", "/v1/tokens", "/v1/tokens", "{\"name\":\"a b\"}", 400),
        Case.get("/v1/tokens", "/v1/tokens", 200),
        new Case("DELETE", "/v1/tokens/{name}", "/v1/tokens/ci", "", 200),
        new Case("DELETE", "/v1/tokens/{name}", "/v1/tokens/ci", "", 404),
        new Case("POST", "/v1/jobs", "/v1/jobs", "{\"action\":\"reload\"}", 202),
        new Case("POST", "/v1/jobs", "/v1/jobs", "{\"action\":\"sing\"}", 400),
        new Case("POST", "/v1/jobs", "/v1/jobs", "{\"action\":\"rollback\",\"revision\":9}", 404),
        Case.get("/v1/jobs", "/v1/jobs", 200),
        Case.get("/v1/jobs/{id}", "/v1/jobs/nobody", 404),
        new Case("POST", reload, "/v1/proxies/edge/reload?wait=1s", "{\"reason\":\"r\"}", 200),
        new Case("POST", reload, "/v1/proxies/x/reload", "", 404),
        Case.get("/v1/revisions", "/v1/revisions", 200),
        Case.get("/v1/revisions", "/v1/revisions?proxy=nobody", 404),
        Case.get("/v1/revisions/{number}", "/v1/revisions/7", 200),
        Case.get("/v1/revisions/{number}", "/v1/revisions/9", 404),
        Case.get("/v1/revisions/{number}/diff", "/v1/revisions/7/diff", 200),
        Case.get("/v1/revisions/{number}/diff", "/v1/revisions/x/diff", 404),
        new Case("POST", rollback, "/v1/revisions/7/rollback", "{\"reason\":\"r\"}", 200),
        new Case("POST", rollback, "/v1/revisions/9/rollback", "", 404),
        new Case("POST", "/v1/pauses", "/v1/pauses", "", 200),
        new Case("POST", rollback, "/v1/revisions/6/rollback", "", 409),
        new Case("POST", reload, "/v1/proxies/edge/reload", "", 409),
        Case.get("/v1/events", "/v1/events?limit=3", 200),
        Case.get("/v1/events", "/v1/events?since=x", 400),
        Case.get("/v1/events", "/v1/events?pool=nobody", 404));
  }

  /** Of these, no request in order brings them about; each has a test of its own. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "GET /v1/pools/{pool}/members/{name} 409",
          "POST /v1/pools/{pool}/members/{name}/probe 409",
          "PATCH /v1/pools/{pool}/members/{name} 202",
          "PATCH /v1/pools/{pool}/members/{name} 412",
          "PATCH /v1/pools/{pool}/members/{name} 422",
          "DELETE /v1/pools/{pool}/members/{name} 412",
          "POST /v1/pools/{pool}/release 409",
          "POST / 200",
          "POST / 400",
          "POST /RPC2 200",
          "POST /RPC2 400",
          "POST /v1/overrides 202",
          "POST /v1/revisions/{number}/rollback 202",
          "POST /v1/proxies/{proxy}/reload 202",
          "POST /v1/proxies/{proxy}/sync 202");

  @Test
  void every_answer_has_a_described_status_and_shape_and_every_described_status_is_answered()
      throws IOException {
    weir.applied(Samples.revision(6, "text of old\n"));
    weir.applied(Samples.revision(7, "text\n"));
    for (Case one : cases()) {
      RawHttp.Reply reply = RawHttp.write(api.unix, one.method(), one.target(), one.body());
      assertThat(reply.status()).as("%s: %s", one, reply.body()).isEqualTo(one.status());
      conforms(one, reply);
    }
    String id = weir.overrides("web").stream().map(OverrideJson::id).findFirst().orElseThrow();
    Case clear = new Case("DELETE", "/v1/overrides/{id}", "/v1/overrides/" + id, "", 200);
    conforms(clear, RawHttp.send(api.unix, "DELETE", clear.target()));
    Case job = Case.get("/v1/jobs/{id}", "/v1/jobs/" + weir.jobs().all().getFirst().id(), 200);
    conforms(job, RawHttp.send(api.unix, "GET", job.target()));
    weir.source(SourceState.unheard(SourceName.of(new PoolId("web"), "static")));
    Case unready = Case.get("/readyz", "/readyz", 503);
    conforms(unready, RawHttp.send(api.unix, "GET", "/readyz"));

    Set<String> described = new TreeSet<>();
    JsonObject paths = at(DOCUMENT, "paths");
    for (Route route : new Routes(weir, weir, new Meters()).all()) {
      at(paths, route.path(), route.method().name().toLowerCase(Locale.ROOT), "responses")
          .fields()
          .keySet()
          .stream()
          .filter(status -> !status.equals("default"))
          .forEach(status -> described.add(route.method() + " " + route.path() + " " + status));
    }
    seen.addAll(ELSEWHERE);
    assertThat(seen).isEqualTo(described);
  }

  private void conforms(Case one, RawHttp.Reply reply) {
    String method = one.method().toLowerCase(Locale.ROOT);
    JsonObject response =
        at(DOCUMENT, "paths", one.route(), method, "responses", String.valueOf(reply.status()));
    seen.add("%s %s %d".formatted(one.method(), one.route(), reply.status()));
    String type = reply.header("Content-Type").replaceFirst(";.*", "");
    JsonObject schema = at(response, "content", type).object("schema").orElseThrow();
    if (type.endsWith("json")) {
      assertThat(validator(schema).validate(reply.body(), InputFormat.JSON))
          .as("%s: %s", one, reply.body())
          .isEmpty();
    }
  }

  private static Schema validator(JsonObject schema) {
    JsonObject whole = new JsonObject().with("components", at(DOCUMENT, "components"));
    schema.fields().forEach(whole::with);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Json.write(whole), InputFormat.JSON);
  }

  @Test
  void a_field_too_many_or_too_few_is_found() {
    Schema pauses = validator(new JsonObject().with("$ref", "#/components/schemas/Pauses"));
    String good = "{\"items\":[{\"by\":\"a\",\"at\":\"2030-01-01T00:00:00Z\"}],\"next\":null}";
    assertThat(pauses.validate(good, InputFormat.JSON)).isEmpty();
    assertThat(pauses.validate(good.replace("\"by\":\"a\",", ""), InputFormat.JSON)).isNotEmpty();
    assertThat(pauses.validate(good.replace("\"by\"", "\"x\":1,\"by\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void a_page_and_the_next_make_the_whole_list() throws IOException {
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page =
          RawHttp.send(api.unix, "GET", "/v1/pools/web/members?limit=1&cursor=" + cursor).json();
      assertThat(page.objects("items")).hasSize(1);
      page.objects("items").forEach(item -> names.add(item.text("name").orElseThrow()));
      cursor = page.text("next").orElse("");
    } while (!cursor.isEmpty());
    assertThat(names).containsExactly("web1", "web2", "web3");
  }
}
