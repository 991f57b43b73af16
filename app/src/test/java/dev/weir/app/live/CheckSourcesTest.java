package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.fake.FakeConsul;
import dev.weir.testkit.fake.FakeConsul.Instance;
import dev.weir.testkit.fake.FakeHttp;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir check} reaches every source and pool set, and says what it found there. */
class CheckSourcesTest {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private final FakeConsul consul = new FakeConsul(FreePorts.one(), new Random(3));
  private final FakeHttp list =
      new FakeHttp(FreePorts.one(), question -> FakeHttp.Answer.ok("[\"10.2.0.1:80\"]"));
  private final int nobody = FreePorts.one();
  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = new Site(folder, 1);
    consul.start();
    list.start();
    for (int i = 1; i <= 4; i++) {
      consul.register(Instance.passing("web", "web-" + i, "10.1.0." + i, 80));
      consul.put("web/m" + i, "10.3.0.%d:80".formatted(i));
    }
    consul.register(Instance.passing("shop", "shop-1", "10.1.1.1", 80));
    Files.writeString(folder.resolve("list.txt"), "10.4.0.1:80\n10.4.0.2:80\n");
    site.replace(site.yaml(), yaml());
  }

  @AfterEach
  void close() throws IOException {
    site.close();
    consul.close();
    list.close();
  }

  @Test
  void howManyMembersTheFirstThreeAndHowLongItTook() throws Exception {
    Started check = site.weir("check", "-c", site.yaml().toString());
    assertThat(check.awaitExit(Site.PATIENCE)).isEqualTo(1);
    assertThat(check.log())
        .containsPattern(
            "source web/consul\\W.*4 members \\(10.1.0.1:80, 10.1.0.2:80, 10.1.0.3:80, ...\\) in"
                + " \\d+ ms")
        .containsPattern("source web/consul_kv\\W.*4 members \\(10.3.0.1:80, .*\\) in \\d+ ms")
        .containsPattern("source web/http\\W.*1 member \\(10.2.0.1:80\\) in \\d+ ms")
        .containsPattern("source web/file\\W.*2 members \\(10.4.0.1:80, 10.4.0.2:80\\) in \\d+ ms")
        .containsPattern("source web/exec\\W.*1 member \\(10.5.0.1:80\\) in \\d+ ms")
        .containsPattern("source web/static\\W.*1 member \\(10.6.0.1:80\\) in \\d+ ms")
        .containsPattern(
            "source web/http-2\\W.*could not look: .*:%d: .*optional".formatted(nobody))
        .containsPattern(
            "pool set services\\W.*2 pools \\(svc_shop, svc_web\\) in \\d+ ms, with 5 members")
        .containsPattern("pool set silent\\W.*could not look: .*:%d".formatted(nobody));
  }

  private String yaml() {
    return """
    state: FOLDER/state
    connections:
      main: { consul: { address: 'http://127.0.0.1:CONSUL' } }
    pools:
      web:
        sources:
          - { consul: { at: main, service: web } }
          - { consul_kv: { at: main, prefix: /web } }
          - { http: 'http://127.0.0.1:LIST/members' }
          - { file: FOLDER/list.txt }
          - { exec: [ echo, '10.5.0.1:80' ] }
          - { static: [ '10.6.0.1:80' ] }
          - { http: 'http://127.0.0.1:NOBODY/members', optional: true }
    pool_sets:
      services: { each: { consul: { at: main } }, pool: 'svc_{service}' }
      silent: { each: { consul: { address: 'http://127.0.0.1:NOBODY' } }, pool: 'other_{service}' }
    proxies: {}
    """
        .replace("FOLDER", folder.toString())
        .replace("CONSUL", String.valueOf(consul.http().port()))
        .replace("LIST", String.valueOf(list.port()))
        .replace("NOBODY", String.valueOf(nobody));
  }
}
