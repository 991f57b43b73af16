package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.fake.FakeHttp;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A required and an optional source make one pool; each has its own age and its own trouble. */
@RequiresServer(Server.NGINX)
class TwoSourcesTest {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private final int port = FreePorts.one();
  private volatile String listed = "[]";
  private final FakeHttp server = new FakeHttp(port, question -> FakeHttp.Answer.ok(listed));
  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = new Site(folder, 3);
    site.members(0, 1);
    site.replace(
        site.yaml(),
        Files.readString(site.yaml())
            .replace(
                "sources: [ { file: %s/members.txt } ]".formatted(folder),
                "sources: [ { file: %s/members.txt }, { http: { url: 'http://127.0.0.1:%d/web', every: 100ms }, optional: true } ]"
                    .formatted(folder, port)));
  }

  @AfterEach
  void close() throws IOException {
    site.close();
    server.close();
  }

  @Test
  void theOptionalOneIsNotWaitedForAndAddsItsMembersWhenItSpeaks() throws Exception {
    Started weir = site.runUntil("event=source.lost");
    await().atMost(Site.PATIENCE).until(() -> site.lists(0) && site.lists(1));
    await().atMost(Site.PATIENCE).ignoreExceptions().until(() -> site.api("/readyz") == 200);
    JsonObject silent = source("web/http");
    assertThat(silent.isTrue("required")).isFalse();
    assertThat(silent.isTrue("up")).isFalse();
    assertThat(silent.text("failure").orElse("")).contains("127.0.0.1:" + port);
    assertThat(source("web/file").isTrue("up")).isTrue();

    listed = "[\"%s\", \"%s\"]".formatted(site.backends.endpoint(1), site.backends.endpoint(2));
    server.start();
    await().atMost(Site.PATIENCE).until(() -> site.lists(2));
    assertThat(source("web/http").isTrue("up")).isTrue();
    assertThat(sourcesOf(0)).containsExactly("web/file");
    assertThat(sourcesOf(1)).containsExactly("web/file", "web/http");
    assertThat(sourcesOf(2)).containsExactly("web/http");

    server.fail(Fault.NONSENSE);
    weir.await(
        "its loss", Site.PATIENCE, () -> weir.log().split("event=source.lost", -1).length == 3);
    assertThat(site.lists(2)).isTrue();
    JsonObject lost = source("web/http");
    assertThat(lost.text("failing_since")).isPresent();
    assertThat(lost.number("members")).hasValue(2);
    assertThat(source("web/file").text("failing_since")).isEmpty();
  }

  private JsonObject source(String name) throws Exception {
    return items("/v1/sources").stream()
        .filter(source -> source.text("name").orElse("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> sourcesOf(int backend) throws Exception {
    String name = site.backends.endpoint(backend).toString().replace(':', '_');
    return Json.readObject(site.apiText("/v1/explain/web/" + name)).objects("sources").stream()
        .map(source -> source.text("name").orElse(""))
        .toList();
  }

  private List<JsonObject> items(String path) throws Exception {
    return Json.readObject(site.apiText(path)).objects("items");
  }
}
