package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.app.config.SampleKinds.LineProxy;
import dev.weir.model.Address;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.model.ProxyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration means when nothing is wrong with it. */
class ConfigLoaderTest {

  @TempDir private Path folder;

  @Test
  void theProxyChecksInPlaceOfTheProfilesProbeAndIsReadAsOftenAsTheDefaultsSay()
      throws IOException {
    WeirConfig config =
        accepted(
            """
            defaults: { check: { every: 5s, timeout: 1s, fall: 4 } }
            profiles: { service: { check: { http: /ready } } }
            pools:
              web: { use: service, check: proxy, sources: [ { static: ['10.0.0.1:80'] } ] }
              api: { check: { proxy: {}, every: 1s }, sources: [ { static: [] } ] }
            proxies: { inner: { haproxy: { file: /h }, pools: [ web, api ] } }
            """);
    PoolConfig web = config.pool(new PoolId("web")).orElseThrow();
    assertThat(web.policy().check()).isEmpty();
    assertThat(web.check()).isEmpty();
    assertThat(web.policy().proxyCheck()).contains(new ProxyCheckPolicy(Duration.ofSeconds(5)));
    assertThat(config.pool(new PoolId("api")).orElseThrow().policy().proxyCheck())
        .contains(new ProxyCheckPolicy(Duration.ofSeconds(1)));
  }

  @Test
  void aPoolStartsFromItsProfileAndThatFromTheDefaults() throws IOException {
    WeirConfig config =
        accepted(
            """
            defaults:
              check: { every: 5s, fall: 4 }
              floor: 2
              guard: { window: 10s }
            profiles:
              service:
                check: { http: /ready, host: profile.example, fall: 5 }
                guard: { max_loss: 10% }
                nginx: { directives: [least_conn], server: max_fails=1 }
            pools:
              web:
                use: service
                sources: [ { static: ['10.0.0.1:80'] } ]
                check: { host: web.example }
                nginx: { directives: [ip_hash] }
              plain:
                sources: [ { static: ['10.0.0.2:80'] } ]
            """);
    PoolConfig web = config.pool(new PoolId("web")).orElseThrow();
    assertThat(web.policy().check())
        .contains(new CheckPolicy(Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 5));
    assertThat(web.check().map(CheckConfig::options).map(Object::toString))
        .contains("PathOptions[path=/ready, host=Optional[web.example]]");
    assertThat(web.policy().floor()).isEqualTo(2);
    assertThat(web.policy().guard().maxLoss()).isEqualTo(0.1);
    assertThat(web.policy().guard().window()).isEqualTo(Duration.ofSeconds(10));
    LineProxy.Around around = web.surroundings().of((LineProxy) SampleKinds.ALL.proxies().get(0));
    assertThat(around).isEqualTo(new LineProxy.Around(List.of("ip_hash"), "max_fails=1"));

    PoolConfig plain = config.pool(new PoolId("plain")).orElseThrow();
    assertThat(plain.check()).isEmpty();
    assertThat(plain.policy().check()).isEmpty();
  }

  @Test
  void anotherKindOfCheckTakesOnlyTheRhythmOfTheProfile() throws IOException {
    WeirConfig config =
        accepted(
            """
            profiles:
              service: { check: { http: /ready, host: a.example, every: 7s } }
            pools:
              a: { use: service, sources: [ { static: ['10.0.0.1:80'] } ], check: tcp }
              b: { use: service, sources: [ { static: ['10.0.0.1:80'] } ], check: { tcp: {}, port: 9 } }
              c: { sources: [ { static: ['10.0.0.1:80'] } ], check: http }
            """);
    assertThat(config.pools())
        .extracting(pool -> pool.check().map(CheckConfig::options).map(Object::toString))
        .containsExactly(
            Optional.of("PortOptions[port=Optional.empty]"),
            Optional.of("PortOptions[port=Optional[9]]"),
            Optional.of("PathOptions[path=/, host=Optional.empty]"));
    assertThat(config.pools())
        .extracting(pool -> pool.policy().check().orElseThrow().every())
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7), Duration.ofSeconds(2));
  }

  @Test
  void anotherKindOfEmptyPolicyTakesThePlaceOfTheDefault() throws IOException {
    WeirConfig config =
        accepted(
            """
            defaults: { empty: { status: 502 } }
            pools:
              a: { sources: [ { static: [] } ] }
              b: { sources: [ { static: [] } ], empty: { fallback: '127.0.0.1:8099' } }
              c: { sources: [ { static: [] } ], empty: keep }
            """);
    assertThat(config.pools())
        .extracting(pool -> pool.policy().empty())
        .containsExactly(
            new EmptyPolicy.Status(502),
            new EmptyPolicy.Fallback((Endpoint) Address.parse("127.0.0.1:8099")),
            new EmptyPolicy.Keep());
  }

  @Test
  void sourcesOfOneKindAreNumbered() throws IOException {
    WeirConfig config =
        accepted(
            """
            pools:
              web:
                sources:
                  - { static: ['10.0.0.1:80'] }
                  - { docker: { label: a=b }, optional: true }
                  - { static: ['10.0.0.2:80'] }
                backup: role=primary,zone=a
            """);
    PoolConfig web = config.pools().get(0);
    assertThat(web.definition().sources().toString())
        .isEqualTo(
            "[SourceBinding[name=web/static, required=true],"
                + " SourceBinding[name=web/docker, required=false],"
                + " SourceBinding[name=web/static-2, required=true]]");
    assertThat(web.backup()).contains(LabelSelector.parse("role=primary,zone=a"));
  }

  @Test
  void aProxyCarriesPoolsByTheirOwnNameOrAnother() throws IOException {
    WeirConfig config =
        accepted(
            """
            pools:
              web: { sources: [ { static: [] } ] }
              api: { sources: [ { static: [] } ], haproxy: { server: check } }
            proxies:
              edge: { haproxy: { file: /x }, pools: [ web, { pool: api, as: be_api } ] }
            """);
    ProxyConfig<?, ?> edge = config.proxy(new ProxyName("edge")).orElseThrow();
    assertThat(edge.pools())
        .extracting("pool.value", "as", "surroundings.server")
        .containsExactly(tuple("web", "web", ""), tuple("api", "be_api", "check"));
  }

  @Test
  void nothingWrittenMeansTheDefaults() throws IOException {
    WeirConfig config = accepted("{}");
    assertThat(config.state()).isEqualTo(Path.of("/var/lib/weir"));
    assertThat(config.api().toString()).isEqualTo("[unix:/run/weir/api.sock, 127.0.0.1:7780]");
  }

  @Test
  void includedFilesAreReadAsOne() throws IOException {
    Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(
        folder.resolve("conf.d/b.yaml"), "pools: { b: { sources: [ { static: [] } ] } }");
    Files.writeString(
        folder.resolve("conf.d/a.yaml"), "pools: { a: { sources: [ { static: [] } ] } }");
    Loaded loaded =
        load("include: [conf.d/*.yaml]\npools: { c: { sources: [ { static: [] } ] } }\n");
    assertThat(loaded).isInstanceOf(Loaded.Accepted.class);
    Loaded.Accepted accepted = (Loaded.Accepted) loaded;
    assertThat(accepted.config().pools())
        .extracting(pool -> pool.id().value())
        .containsExactly("c", "a", "b");

    Loaded again = new ConfigLoader(SampleKinds.ALL).load(accepted.text());
    assertThat(again).isEqualTo(accepted);
  }

  private WeirConfig accepted(String text) throws IOException {
    Loaded loaded = load(text);
    if (loaded instanceof Loaded.Accepted accepted) {
      return accepted.config();
    }
    throw new AssertionError(loaded.toString());
  }

  private Loaded load(String text) throws IOException {
    Path main = folder.resolve("weir.yaml");
    Files.writeString(main, text);
    return new ConfigLoader(SampleKinds.ALL).load(main, Texts.DISK);
  }
}
