package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.ServerRow;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void columnsAreFoundByNameAndFieldsMayBeQuoted() throws IOException {
    List<Statistics.Row> rows =
        Statistics.read(
            """
            # pxname,svname,qcur,last_chk,scur,
            be_web,b0,1,"a, ""b\""",2,
            be_web,b1,,,0,

            """);
    assertThat(rows)
        .containsExactly(
            new Statistics.Row(
                "be_web", "b0", Map.of("qcur", "1", "last_chk", "a, \"b\"", "scur", "2")),
            new Statistics.Row("be_web", "b1", Map.of("scur", "0")));
    assertThat(rows.get(0).number("scur")).isEqualTo(2);
    assertThat(rows.get(1).number("qcur")).isZero();
  }

  @Test
  void aBackendThatIsNotThereHasNoServers() throws IOException {
    assertThat(Statistics.read("No such proxy.")).isEmpty();
  }

  @Test
  void whatIsNoSuchTableIsRefused() throws IOException {
    assertThatThrownBy(() -> Statistics.read("Unknown command"))
        .isInstanceOf(IOException.class)
        .hasMessage("show stat: Unknown command (expected: # pxname,svname,...)");
    Statistics.Row row = new Statistics.Row("b", "s", Map.of("scur", "many"));
    assertThatThrownBy(() -> row.number("scur")).hasMessageContaining("scur=many");
  }

  @Test
  @RequiresServer(Server.HAPROXY)
  void aRealHaproxyCountsWhatItServes() throws Exception {
    try (Site site = new Site("check inter 200ms")) {
      site.start(site.ready(0, 1));
      assertThat(site.client().ask(6)).hasSize(6);
      List<ServerRow> rows = site.driver.rows(Site.WEB);
      assertThat(rows).extracting(ServerRow::server).containsExactlyInAnyOrder("b0", "b1");
      assertThat(rows)
          .extracting(ServerRow::endpoint)
          .containsExactlyInAnyOrder(Optional.of(site.at(0)), Optional.of(site.at(1)));
      assertThat(rows).extracting(ServerRow::status).containsOnly("UP");
      assertThat(rows).allSatisfy(row -> assertThat(row.check()).isPresent());
      assertThat(rows.stream().mapToLong(row -> row.load().total()).sum()).isEqualTo(6);
      assertThat(rows).allSatisfy(row -> assertThat(row.load().errors()).isZero());
    }
  }
}
