package dev.weir.driver.haproxy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.spi.ServerRow;
import dev.weir.spi.ServerRow.Opinion;
import dev.weir.spi.ServerRow.Opinion.Word;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckWordsTest {

  /** As HAProxy 2.6.12 said it of servers that were made to fail in each way. */
  @ParameterizedTest
  @CsvSource({
    "UP,        L4OK,     '',                  UP,   OK",
    "UP 1/3,    L7STS,    Bad,                 UP,   STATUS",
    "DOWN,      L4CON,    Connection refused,  DOWN, REFUSED",
    "DOWN,      L4CON,    No route to host,    DOWN, ERROR",
    "DOWN,      * L4TOUT, '',                  DOWN, CONNECT_TIMEOUT",
    "DOWN,      L7TOUT,   '',                  DOWN, TIMEOUT",
    "DOWN 1/2,  L7OK,     OK,                  DOWN, OK",
    "DOWN,      L6RSP,    SSL handshake failure, DOWN, TLS",
    "DOWN,      L7RSP,    '',                  DOWN, BODY",
    "DOWN,      SOCKERR,  General socket error, DOWN, ERROR",
    "DRAIN,     L7OK,     OK,                  UP,   OK",
    "NOLB,      L7OKC,    Not Found,           UP,   OK",
  })
  void aConclusion(String status, String code, String last, Word word, Kind kind)
      throws IOException {
    Opinion opinion = CheckWords.opinion(row(status, code, last)).orElseThrow();
    assertThat(opinion.word()).isEqualTo(word);
    assertThat(opinion.last().kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"UP 1/3, INI", "DOWN, UNK", "no check, ''", "MAINT, L4OK", "MAINT (via a/b), L4OK"})
  void noConclusion(String status, String code) throws IOException {
    assertThat(CheckWords.opinion(row(status, code, ""))).isEmpty();
  }

  @Test
  void whatItSaysIsShownWithItsCode() {
    Map<String, String> values = new HashMap<>(row("DOWN", "* L7STS", "Bad").values());
    values.put("check_code", "500");
    assertThat(CheckWords.shown(new Statistics.Row("be", "s", values))).contains("L7STS 500: Bad");
    assertThat(CheckWords.shown(row("no check", "", ""))).isEmpty();
  }

  private static Statistics.Row row(String status, String code, String last) {
    Map<String, String> values = new HashMap<>(Map.of("status", status));
    Optional.of(code).filter(text -> !text.isEmpty()).ifPresent(c -> values.put("check_status", c));
    Optional.of(last).filter(text -> !text.isEmpty()).ifPresent(l -> values.put("last_chk", l));
    return new Statistics.Row("be", "s", values);
  }

  /** Of servers that were added at run time, whose checks have to be switched on. */
  @Test
  @RequiresServer(Server.HAPROXY)
  void aRealHaproxyConcludesOfServersThatCameWhileItRan() throws Exception {
    try (Site site = new Site("check inter 100ms fall 2 rise 1")) {
      site.start(site.ready(0));
      Endpoint refused = new Endpoint.Ip(InetAddress.getLoopbackAddress(), FreePorts.one());
      DesiredState three =
          Wanted.state(
              Wanted.pool(Site.WEB)
                  .ready("b0", site.at(0))
                  .ready("b1", site.at(1))
                  .ready("dead", refused)
                  .maint("off", site.at(2)));
      assertThat(site.applyOnce(three)).isInstanceOf(Outcome.Applied.class);
      await().untilAsserted(() -> assertThat(opinions(site)).containsOnlyKeys("b0", "b1", "dead"));
      assertThat(opinions(site))
          .hasEntrySatisfying("b1", opinion -> assertThat(opinion.word()).isEqualTo(Word.UP))
          .hasEntrySatisfying(
              "dead",
              opinion -> {
                assertThat(opinion.word()).isEqualTo(Word.DOWN);
                assertThat(opinion.last().kind()).isEqualTo(Kind.REFUSED);
              });
      assertThat(site.client().ask(20)).allSatisfy(a -> assertThat(a.status()).isEqualTo(200));
    }
  }

  private static Map<String, Opinion> opinions(Site site) throws Exception {
    return site.driver.rows(Site.WEB).stream()
        .filter(row -> row.opinion().isPresent())
        .collect(toMap(ServerRow::server, row -> row.opinion().get()));
  }
}
