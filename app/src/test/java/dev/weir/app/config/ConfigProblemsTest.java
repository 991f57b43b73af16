package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a configuration that cannot be used: everything at once, each at its place. */
class ConfigProblemsTest {

  @TempDir private Path folder;

  @Test
  void proxiesThatCheckNobodyCannotBeToldToAndThresholdsAreTheProxysOwn() throws IOException {
    assertThat(
            problems(
                """
                pools:
                  web: { check: proxy, sources: [ { static: [] } ] }
                  api: { check: { proxy: {}, fall: 2 }, sources: [ { static: [] } ] }
                proxies:
                  edge: { nginx: { file: /n }, pools: [ web ] }
                """))
        .containsExactly(
            "2:17: pools.web.check: proxy, but edge, which carries the pool, is nginx, which checks"
                + " no members (expected: a check of Weir's own)",
            "3:30: pools.api.check.fall: \"fall\" does not go together with the other keys here"
                + " (expected: every, proxy)");
  }

  @Test
  void onlyServersThatCanBeTurnedWithoutAFileAreKeptByState() throws IOException {
    String proxies =
        """
        pools: { web: { sources: [ { static: [] } ] } }
        proxies:
          edge: { mode: state, nginx: { file: /u.conf }, pools: [web] }
        """;
    assertThat(problems(proxies))
        .containsExactly(
            "3:9: proxies.edge: mode: state (expected: observe or full; the servers of nginx cannot"
                + " be turned without its file)");
  }

  @Test
  void listenersWithTlsSayWhatTheyLack() throws IOException {
    assertThat(
            problems(
                """
                api:
                  - { listen: '10.0.0.5:7443', tls: { cert: /c.pem } }
                  - { listen: 'unix:/run/x.sock', tls: { cert: /c.pem, key: /k.pem } }
                  - { listen: '10.0.0.5:1', tls: { cert: /c, key: /k, roles: { 'CN=a': viewer } } }
                  - { listen: '10.0.0.5:2', tls: { cert: /c, key: /k, clients: /d, roles: { a: admin } } }
                """))
        .anyMatch(problem -> problem.startsWith("2:") && problem.contains("key is missing"))
        .anyMatch(problem -> problem.startsWith("3:") && problem.contains("tls on a unix socket"))
        .anyMatch(problem -> problem.startsWith("4:") && problem.contains("roles without clients"))
        .anyMatch(problem ->
            problem.startsWith("5:")
                && problem.contains("roles: 'a' (expected: the subject of a certificate"))
        .hasSize(4);
  }

  @Test
  void tenMistakesAreToldAtOnceEachAtItsPlace() throws IOException {
    assertThat(
            problems(
                """
                stat: /var/lib/weir
                api: [ { listen: 'lb1:80' } ]
                defaults:
                  check: { every: 2, timout: 1s }
                pools:
                  web:
                    sources: [ { static: ['10.0.0.1'] } ]
                    floor: -1
                    guard: { max_loss: 150% }
                    use: servic
                  api:
                    check: tcp
                  -x: { sources: [] }
                profiles:
                  service: { empty: { status: 200 } }
                proxies:
                  edge: { nginx: {}, pools: [wep] }
                """))
        .containsExactly(
            "1:1: stat: unknown key \"stat\" (did you mean state?)",
            "2:18: api[0].listen: \"lb1:80\": lb1 is a name, not an IP"
                + " (expected: unix:/PATH or IP:PORT)",
            "4:19: defaults.check.every: \"2\": a number without its unit"
                + " (expected: a duration such as 500ms, 2s, 5m, 24h)",
            "4:22: defaults.check.timout: unknown key \"timout\" (did you mean timeout?)",
            "7:27: pools.web.sources[0].static[0]: address: \"10.0.0.1\""
                + " (expected: IP:PORT, [IPV6]:PORT, HOST:PORT or unix:/PATH)",
            "8:12: pools.web.floor: \"-1\": out of range (expected: a whole number, 0 or more)",
            "9:24: pools.web.guard.max_loss: \"150%\": more than all"
                + " (expected: a share from 0% to 100%)",
            "10:10: pools.web.use: unknown profile \"servic\" (did you mean service?)",
            "12:5: pools.api: sources is missing (expected: a list, each item a mapping with one"
                + " kind of source: static, docker)",
            "13:3: pools: name \"-x\" (expected: 1 to 128 of A-Z a-z 0-9 _ . - and no . or - at the"
                + " start)",
            "15:31: profiles.service.empty.status: \"200\": out of range"
                + " (expected: a whole number from 400 to 599)",
            "17:18: proxies.edge.nginx: file is missing (expected: a file)",
            "17:30: proxies.edge.pools[0]: unknown pool \"wep\" (did you mean web?)");
  }

  @Test
  void aNameDefinedTwiceShowsBothPlaces() throws IOException {
    Files.writeString(
        folder.resolve("more.yaml"), "pools:\n  web: { sources: [] }\nstate: /elsewhere\n");
    assertThat(
            problems(
                """
                include: [more.yaml]
                state: /var/lib/weir
                pools:
                  web: { sources: [], sources: [] }
                """))
        .containsExactly(
            "4:23: \"sources\" is there twice, first at %s:4:10 (expected: once)"
                .formatted(folder.resolve("weir.yaml")),
            "more.yaml:2:3: pools.web: defined twice, first at %s:4:3 (expected: in one place)"
                .formatted(folder.resolve("weir.yaml")),
            "more.yaml:3:1: state: defined twice, first at %s:2:1 (expected: in one place)"
                .formatted(folder.resolve("weir.yaml")));
  }

  @Test
  void whatIsNestedWithoutEndIsAProblemLikeOthers() throws IOException {
    for (String endless : List.of("[", "{ a: ", "- ")) {
      assertThat(problems(endless.repeat(20_000)))
          .singleElement()
          .asString()
          .endsWith("not YAML: nested deeper than 100 levels");
    }
  }

  @Test
  void aSyntaxErrorDoesNotHideProblemsOfOtherFiles() throws IOException {
    Files.writeString(folder.resolve("more.yaml"), "pools: { web: [ }\n");
    assertThat(problems("include: [more.yaml, gone.yaml]\nstat: 1\n"))
        .containsExactly(
            "1:22: \"%s\" cannot be read: there is no such file"
                .formatted(folder.resolve("gone.yaml")),
            "2:1: stat: unknown key \"stat\" (did you mean state?)",
            "more.yaml:1:17: not YAML: expected the node content, but found '}'"
                + " while parsing a flow node");
  }

  @Test
  void keysThatDoNotGoTogetherAreNamed() throws IOException {
    assertThat(
            problems(
                """
                pools:
                  a: { sources: [], check: { http: /, port: 1 } }
                  b: { sources: [], check: { every: 1s } }
                  c: { sources: [], check: htp }
                  d: { sources: [ { dokcer: {} } ], empty: { status: 503, fallback: '1.2.3.4:5' } }
                  e: [ ]
                """))
        .containsExactly(
            "2:39: pools.a.check.port: \"port\" does not go together with the other keys here"
                + " (expected: every, fall, host, http, rise, timeout)",
            "3:28: pools.b.check: a rhythm without a kind of check (expected: one of http, tcp,"
                + " proxy)",
            "4:28: pools.c.check: \"htp\" (expected: http or tcp or proxy with its options, and"
                + " every, timeout, rise, fall)",
            "5:21: pools.d.sources[0].dokcer: unknown key \"dokcer\" (did you mean docker?)",
            "5:59: pools.d.empty.fallback: \"fallback\" does not go together with the other keys"
                + " here (expected: status)",
            "6:6: pools.e: a list (expected: a mapping with sources)");
  }

  @Test
  void whatTwoProxiesCannotShareIsNamed() throws IOException {
    assertThat(
            problems(
                """
                pools:
                  a: { sources: [] }
                  b: { sources: [] }
                proxies:
                  one: { nginx: { file: /x }, pools: [a, a] }
                  two: { haproxy: { file: /x }, pools: [{ pool: a, as: c }, { pool: b, as: c }] }
                """))
        .containsExactly(
            "5:42: proxies.one.pools[1]: pool \"a\" is carried twice, first at %s:5:39 (expected: once)"
                .formatted(folder.resolve("weir.yaml")),
            "6:19: proxies.two: file /x belongs to proxy one already (expected: one of its own)",
            "6:76: proxies.two.pools[1]: name \"c\" is carried twice, first at %s:6:56 (expected: once)"
                .formatted(folder.resolve("weir.yaml")));
  }

  @Test
  void aPoolOfAKindThatItsProxyCannotCarryIsNamedAtItsPlace() throws IOException {
    assertThat(
            problems(
                """
                pools:
                  a: { sources: [], kind: tcp }
                  b: { sources: [], kind: udp }
                  c: { sources: [], kind: sctp }
                proxies:
                  one: { nginx: { file: /x }, pools: [a, b] }
                  two: { haproxy: { file: /y }, pools: [{ pool: b, as: c }] }
                """))
        .containsExactly(
            "4:27: pools.c.kind: \"sctp\": not one of them (expected: http or tcp or udp)",
            "6:42: proxies.one.pools: b: no datagrams in /x (expected: http)",
            "7:49: proxies.two.pools: b: no datagrams in /y (expected: http)");
  }

  @Test
  void keysOfLaterVersionsAreUnknown() throws IOException {
    assertThat(problems("notify: {}\npools: { a: { sources: [], shards: {} } }\n"))
        .containsExactly(
            "1:1: notify: unknown key \"notify\" (expected: api, connections, defaults, include,"
                + " metrics, pool_sets, pools, profiles, proxies, state)",
            "2:28: pools.a.shards: unknown key \"shards\" (expected: backup, check, drain, empty,"
                + " floor, guard, haproxy, kind, nginx, sources, split, use)");
  }

  @Test
  void hostileTextNeitherEndsTheReadingNorReachesTheTerminal() throws IOException {
    assertThat(problems("a: &a [*a]\n\"x\\u001b[2J\": 1\n? [k]\n: v\nstate:\n"))
        .containsExactly(
            "1:1: a: unknown key \"a\" (expected: api, connections, defaults, include, metrics,"
                + " pool_sets, pools, profiles, proxies, state)",
            "1:4: an alias inside of what it stands for",
            "2:1: \"x\\u001b[2J\": unknown key \"x\\u001b[2J\" (expected: api, connections,"
                + " defaults, include, metrics, pool_sets, pools, profiles, proxies, state)",
            "3:3: a list as a key (expected: a word)",
            "5:7: state: nothing (expected: a path)");
  }

  @Test
  void theStateFolderIsFoundInAFileThatIsBroken() throws IOException {
    Path main = folder.resolve("weir.yaml");
    Files.writeString(main, "pools: [\nstate: \"/srv/weir\" # here\n");
    assertThat(ConfigLoader.stateFolder(main, Texts.DISK)).isEqualTo(Path.of("/srv/weir"));
    assertThat(ConfigLoader.stateFolder(folder.resolve("gone"), Texts.DISK))
        .isEqualTo(Path.of("/var/lib/weir"));
  }

  private List<String> problems(String text) throws IOException {
    Path main = folder.resolve("weir.yaml");
    Files.writeString(main, text);
    Loaded loaded = new ConfigLoader(SampleKinds.ALL).load(main, Texts.DISK);
    assertThat(loaded).isInstanceOf(Loaded.Refused.class);
    return ((Loaded.Refused) loaded)
        .problems().stream()
            .map(Problem::toString)
            .map(line -> line.replaceFirst("^" + main + ":", ""))
            .map(line -> line.replaceFirst("^" + folder + "/", ""))
            .toList();
  }
}
