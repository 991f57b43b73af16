package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.Wiring;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How pool sets are written, and what they make. */
class PoolSetConfigTest {

  private static final String SERVICES =
      """
      connections: { main: { consul: { address: 'http://127.0.0.1:8500' } } }
      profiles: { service: { check: { http: /healthz, every: 1s } } }
      pools: { svc_own: { sources: [ { static: [ '10.0.0.1:80' ] } ] } }
      pool_sets:
        services:
          each: { consul: { at: main, tags: [lb] } }
          pool: 'svc_{service}'
          use: service
          limit: 3
      proxies:
        edge:
          nginx: { upstreams: /u.conf }
          pools: [ svc_own, { set: services, as: 'be_{pool}' } ]
      """;

  @TempDir private Path folder;

  @Test
  void aFoundPoolStartsFromItsSetsProfileAndIsCarriedUnderItsName() throws IOException {
    WeirConfig config = with(accepted(SERVICES), FoundPool.of("web"));
    PoolConfig pool = config.pool(new PoolId("svc_web")).orElseThrow();
    assertThat(pool.set()).contains("services");
    assertThat(pool.sources().getFirst().name().value()).isEqualTo("svc_web/consul");
    assertThat(pool.policy().check().orElseThrow().every()).hasSeconds(1);
    assertThat(pool.definition().set()).contains("services");
    assertThat(carried(config)).containsExactly("svc_own as svc_own", "svc_web as be_svc_web");
  }

  @Test
  void twoPoolsOfOneConfigurationThatAreFoundAlikeAreEqual() throws IOException {
    FoundPool found = FoundPool.of("web");
    WeirConfig config = accepted(SERVICES);
    assertThat(with(config, found)).isEqualTo(with(config, found));
  }

  @Test
  void aWishForAPathReplacesThatOfTheCheck() throws IOException {
    WeirConfig config = accepted(SERVICES);
    PoolConfig pool = found(config, new FoundPool("web", Optional.of("/up"))).getFirst();
    assertThat(pool.check().orElseThrow().options()).extracting("path").isEqualTo("/up");
    assertThat(pool.policy().check().orElseThrow().every()).hasSeconds(1);
  }

  @Test
  void aWrittenPoolGoesBeforeAFoundOneOfItsName() throws IOException {
    WeirConfig config = with(accepted(SERVICES), FoundPool.of("own"), FoundPool.of("web"));
    assertThat(config.pool(new PoolId("svc_own")).orElseThrow().set()).isEmpty();
    assertThat(carried(config)).containsExactly("svc_own as svc_own", "svc_web as be_svc_web");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "../../etc", "web; }", "$(x)", "\n", "", "ü", "-x", ".x", "{pool}"})
  void whateverAKeyIsItsNameIsSafeAndItsOwn(String key) {
    PoolNaming naming = new PoolNaming("{service}", "service");
    PoolId name = naming.name(key);
    assertThat(name.value()).matches("[A-Za-z0-9_][A-Za-z0-9_.-]*_[0-9a-f]{6}");
    assertThat(naming.name(key)).isEqualTo(name);
    assertThat(naming.name(name.value())).isEqualTo(name);
  }

  @Test
  void aSafeKeyIsTakenAsItIsAndALongOneIsCut() {
    PoolNaming naming = new PoolNaming("svc_{service}", "service");
    assertThat(naming.name("web-1.blue").value()).isEqualTo("svc_web-1.blue");
    assertThat(naming.name("x".repeat(300)).value()).hasSize(128);
    assertThat(naming.name("x".repeat(300))).isNotEqualTo(naming.name("x".repeat(301)));
  }

  @Test
  void aPatternWithoutItsVariableIsRefused() {
    assertThatThrownBy(() -> new PoolNaming("svc_{folder}", "service"))
        .hasMessage(
            "pool: svc_{folder} (expected: a name of A-Z a-z 0-9 _ . - with {service} in it)");
  }

  @Test
  void whatIsWrongIsToldWhereItStands() throws IOException {
    assertThat(
            problems(
                """
                pool_sets:
                  one: { each: { static: [] } }
                  two: { each: { consul: {} }, pool: 'all', limitt: 3 }
                  three: { each: { consul: {} }, pool: 'x_{folder}', limit: 0 }
                  four: { each: { consul: {} }, pool: 'x_{folder}' }
                proxies:
                  edge:
                    nginx: { upstreams: /u.conf }
                    pools: [ { set: services }, { set: two, as: be }, { set: one }, { set: one } ]
                """))
        .anyMatch(
            text -> text.startsWith("2:18: pool_sets.one.each.static: unknown key \"static\""))
        .contains(
            "3:45: pool_sets.two.limitt: unknown key \"limitt\" (did you mean limit?)",
            "4:61: pool_sets.three.limit: \"0\": out of range (expected: a whole number from 1 to"
                + " 100000)",
            "5:39: pool_sets.four: pool: x_{folder} (expected: a name of A-Z a-z 0-9 _ . - with"
                + " {service} in it)",
            "9:21: proxies.edge.pools[0]: unknown pool set \"services\" (expected: four, one,"
                + " three, two)",
            "9:49: proxies.edge.pools[1].as: \"be\": \"be\" has no {pool} (expected: a name of A-Z"
                + " a-z 0-9 _ . - with {pool} in it)");
  }

  @Test
  void whatNoProxyCanCarryIsToldBeforeAnyPoolIsFound() throws IOException {
    assertThat(
            problems(
                """
                pool_sets:
                  one: { each: { docker: {} }, check: proxy }
                  two: { each: { docker: {} }, kind: udp }
                proxies:
                  edge:
                    nginx: { upstreams: /u.conf }
                    pools: [ { set: one } ]
                  inner:
                    haproxy: { backends: /b.cfg }
                    pools: [ { set: two } ]
                """))
        .containsExactly(
            "2:39: pool_sets.one.check: proxy, but edge, which carries the pool, is nginx, which"
                + " checks no members (expected: a check of Weir's own)",
            "9:14: proxies.inner.pools: sample-two: kind udp (expected: http or tcp; HAProxy passes"
                + " no datagrams on)");
  }

  private static WeirConfig with(WeirConfig config, FoundPool... found) {
    return config.with(Map.of("services", found(config, found)));
  }

  private static List<PoolConfig> found(WeirConfig config, FoundPool... found) {
    return List.of(found).stream()
        .<PoolConfig>map(pool -> config.sets().getFirst().pool(pool))
        .toList();
  }

  private static List<String> carried(WeirConfig config) {
    return config.proxies().getFirst().pools().stream()
        .map(pool -> pool.pool() + " as " + pool.as())
        .toList();
  }

  private WeirConfig accepted(String text) throws IOException {
    Loaded loaded = load(text);
    assertThat(loaded).as("%s", loaded).isInstanceOf(Loaded.Accepted.class);
    return ((Loaded.Accepted) loaded).config();
  }

  private List<String> problems(String text) throws IOException {
    return ((Loaded.Refused) load(text))
        .problems().stream()
            .map(problem -> problem.toString().replace(folder + "/weir.yaml:", ""))
            .toList();
  }

  private Loaded load(String text) throws IOException {
    Path file = folder.resolve("weir.yaml");
    Files.writeString(file, text);
    return new ConfigLoader(Wiring.KINDS).load(file, Texts.DISK);
  }
}
