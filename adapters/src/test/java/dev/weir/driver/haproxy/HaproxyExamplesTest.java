package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Outcome;
import dev.weir.spi.Finding;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example templates for HAProxy, used as they are. */
@RequiresServer(Server.HAPROXY)
@Timeout(60)
class HaproxyExamplesTest {

  private static final Path EXAMPLES = Path.of("../templates/examples");

  @ParameterizedTest
  @ValueSource(strings = {"haproxy.cfg.tmpl", "haproxy.cfg.j2", "haproxy-canary.cfg.tmpl"})
  void keepAProxyInStep(String name) throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS);
    Path example = haproxy.folder.resolve("example-" + name);
    Files.writeString(example, Files.readString(EXAMPLES.resolve(name)).replace("stable", Site.AS));
    try (Site site = new Site(haproxy.rendered(example), "")) {
      site.start(site.ready(0, 1));
      assertThat(site.driver.inspect())
          .noneMatch(finding -> finding.severity() != Finding.Severity.OK);
      long worker = haproxy.worker();
      assertThat(site.client().ask(24)).allMatch(answer -> answer.status() == 200);
      assertThat(site.applyOnce(site.ready(1)))
          .isEqualTo(new Outcome.Applied(site.ready(1).fingerprint(), Outcome.Way.LIVE));
      site.upkeep(3);
      assertThat(haproxy.worker()).as("never reloaded").isEqualTo(worker);
      assertThat(site.client().ask(8))
          .allMatch(answer -> answer.by().equals(Optional.of(site.at(1))));
      site.converge(site.ready());
      assertThat(site.client().ask(3)).allMatch(answer -> answer.status() == 503);
      assertThat(haproxy.check()).isEmpty();
    }
  }
}
