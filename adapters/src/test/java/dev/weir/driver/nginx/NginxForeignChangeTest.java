package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Plan;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The user's own files change while nginx runs. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxForeignChangeTest {

  @Test
  void a_change_is_shown_before_a_reload_of_weirs_takes_it_in() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(0));
        assertThat(driver.foreignChanges()).isEmpty();
        edge.nginx.configure("# something else\n");
        Plan plan = driver.plan(edge.with(1), Edge.observe(driver));
        assertThat(driver.foreignChanges()).containsExactly(edge.nginx.config);
        assertThat(plan)
            .isInstanceOfSatisfying(
                Plan.Reload.class,
                reload ->
                    assertThat(reload.reasons())
                        .last()
                        .isEqualTo(
                            "it takes in what changed in files of nginx's own too: "
                                + edge.nginx.config));
        Edge.converge(driver, edge.with(1));
        assertThat(driver.foreignChanges()).isEmpty();
      }
    }
  }

  @Test
  void what_somebody_elses_reload_took_in_is_no_change_any_more() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(0));
        edge.nginx.configure("# something else\n");
        Edge.observe(driver);
        assertThat(driver.foreignChanges()).hasSize(1);
        edge.nginx.reload();
        Edge.observe(driver);
        assertThat(driver.foreignChanges()).isEmpty();
      }
    }
  }
}
