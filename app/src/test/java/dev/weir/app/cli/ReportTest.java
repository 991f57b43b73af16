package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.SampleProxy;
import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.app.cli.Cockpit.Ended;
import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.reconcile.Sync;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive for a report of a fault: all that is needed, and no secret of any kind. */
class ReportTest {

  /** Every secret of this test has this in it. */
  private static final String SECRET = "s3cr3t";

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

  private SortedMap<String, String> report() throws IOException, InterruptedException {
    Ended ended = cockpit.weir("report", "report.tar.gz");
    assertThat(ended.code()).as(ended.err()).isZero();
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    Path archive = folder.resolve("report.tar.gz");
    Started tar =
        Started.start("tar", folder, List.of("tar", "xzf", archive + "", "-C", unpacked + ""));
    assertThat(tar.awaitExit(Duration.ofSeconds(30))).as(tar.log()).isZero();
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(unpacked)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(unpacked.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void it_has_what_is_asked_for_first() throws Exception {
    for (int i = 0; i < 1_100; i++) {
      weir.happened(EventKind.MEMBER_UP, Event.Subject.WEIR, "number " + i);
    }
    weir.configured(Map.of(Path.of("/etc/weir/weir.yaml"), "pools: { web: { floor: 2 } }\n"));
    SortedMap<String, String> files = report();
    assertThat(files.keySet())
        .contains(
            "weir-report/configuration/01-weir.yaml",
            "weir-report/events.json",
            "weir-report/metrics.txt",
            "weir-report/plans/01-edge.json",
            "weir-report/proxies.json",
            "weir-report/status.json",
            "weir-report/threads.txt",
            "weir-report/weir.json");
    assertThat(files.get("weir-report/configuration/01-weir.yaml"))
        .isEqualTo("# /etc/weir/weir.yaml\npools:\n  web:\n    floor: 2\n");
    List<JsonObject> events =
        read(files.getOrDefault("weir-report/events.json", "")).objects("items");
    assertThat(events).hasSize(1_000);
    assertThat(events.getLast().text("msg")).contains("number 1099");
    assertThat(files.get("weir-report/proxies.json")).contains("\"version\":\"1.22.1\"");
    assertThat(files.get("weir-report/threads.txt")).contains("virtual", "ReportRoutes");
    assertThat(files.get("weir-report/metrics.txt")).contains("weir_pool_members");
  }

  private static JsonObject read(String text) throws JsonException {
    return Json.readObject(text);
  }

  @Test
  void no_secret_of_any_kind_is_in_it() throws Exception {
    Path file = Files.writeString(folder.resolve("consul.token"), "plain-" + SECRET + "-file\n");
    Map<Path, String> configuration = new LinkedHashMap<>();
    configuration.put(folder.resolve("weir.yaml"), configuration(file));
    configuration.put(folder.resolve("x".repeat(200) + ".yaml"), "floor: 1\n");
    Path blank = Files.writeString(folder.resolve("with blank"), "blank-" + SECRET + "-file");
    configuration.put(folder.resolve("blank.yaml"), "token: \"file:%s\"\n".formatted(blank));
    configuration.put(folder.resolve("broken.yaml"), "password: '" + SECRET + "\n  x: [");
    weir.configured(configuration);
    String token = Samples.token(weir, "ci", Role.ADMIN);
    for (String said : said(token)) {
      weir.happened(EventKind.CONFIG_REJECTED, Event.Subject.WEIR, said);
    }
    weir.storeFails("cannot reach https://weir:%s@db.internal/".formatted(SECRET));
    String refused = "user admin insecure-password %s is refused in line 3".formatted(SECRET);
    ((SampleProxy) weir.proxies().getFirst())
        .trouble(
            new Sync.Behind(refused, Optional.empty()),
            new Outcome.Rejected(refused, Optional.empty(), true),
            new Observed.Condition.Running("1.22.1"));
    weir.source(
        new SourceState(
            SourceName.of(new PoolId("web"), "static"),
            Optional.empty(),
            Optional.of(
                new SourceState.Failure("401 for plain-" + SECRET + "-file", Instant.now()))));
    weir.applied(Samples.revision(7, "stats auth admin:" + SECRET));

    SortedMap<String, String> files = report();

    assertThat(files).hasSizeGreaterThan(10);
    files.forEach(
        (name, text) -> assertThat(text).as(name).doesNotContain(SECRET).doesNotContain(token));
    assertThat(files.get("weir-report/configuration/01-weir.yaml"))
        .contains("token: file:" + file, "http: https://***@cmdb.internal/members", "floor: 2")
        .contains("- balance leastconn");
  }

  private static String configuration(Path file) {
    return """
    # the old password was SECRET
    connections:
      consul: { consul: { address: 'https://consul:8501', token: 'file:FILE' } }
    pools:
      web:
        floor: 2
        sources:
          - http: https://user:SECRET@cmdb.internal/members
          - http: { url: 'https://x/y', headers: { X-Harmless: SECRET, Authorization: 'Bearer SECRET' } }
          - exec: [ /usr/bin/list, --as, 'SECRET' ]
          - exec: { command: 'curl -u user:SECRET https://x' }
        check: { http: /healthz, headers: { X-Key: "SECRET" } }
        haproxy:
          directives:
            - balance leastconn
            - stats auth admin:SECRET
            - http-request set-header X-Backend-Key SECRET
        nginx:
          directives: [ 'proxy_set_header Authorization "Basic SECRET"' ]
    notify: [ { slack: { url: 'https://hooks.slack.com/services/T/SECRET' } } ]
    other: { db_password: SECRET, deep: { api-key: [ SECRET ] } }
    """
        .replace("SECRET", SECRET)
        .replace("FILE", file.toString());
  }

  private static List<String> said(String token) {
    return List.of(
        "somebody showed " + token,
        "Authorization: Basic " + SECRET,
        "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----",
        "the token is plain-" + SECRET + "-file",
        "it said blank-" + SECRET + "-file",
        "could not GET https://a:" + SECRET + "@b/c");
  }

  @Test
  void it_is_for_its_owner_and_never_written_over_another_file() throws Exception {
    assertThat(cockpit.weir("report", "report.tar.gz").out())
        .matches(".*/report.tar.gz has [0-9]+ files, without secrets\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("report.tar.gz"))))
        .isEqualTo("rw-------");
    Ended again = cockpit.weir("report", "report.tar.gz");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("report.tar.gz is there already");
  }
}
