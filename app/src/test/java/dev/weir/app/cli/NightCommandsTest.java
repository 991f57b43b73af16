package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.api.SampleProxy;
import dev.weir.app.api.SampleWeir;
import dev.weir.app.api.Samples;
import dev.weir.app.cli.Cockpit.Ended;
import dev.weir.model.Address;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ProbeResult;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator needs at 3 in the morning: waiting for a size, and a louder log. */
class NightCommandsTest {

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

  private SampleProxy edge() {
    return (SampleProxy) weir.proxies().getFirst();
  }

  @Test
  void a_size_that_is_there_is_not_waited_for() {
    Ended ended = cockpit.weir("wait", "web", "--ready", "2");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("web has 2 ready\n");
    assertThat(cockpit.weir("wait", "web", "--at-most", "2").code()).isZero();
    assertThat(cockpit.weir("wait", "web", "-o", "json").json().isTrue("confirmed")).isTrue();
  }

  @Test
  void a_size_that_does_not_come_times_out_with_what_there_is() {
    Ended ended = cockpit.weir("wait", "web", "--ready", "3", "--timeout", "50ms");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("web has 2 ready, not as asked within 50ms");
    assertThat(cockpit.weir("wait", "web", "--at-most", "1", "--timeout", "50ms").code())
        .isEqualTo(5);
    assertThat(cockpit.weir("wait", "nobody", "--timeout", "50ms").code()).isEqualTo(1);
  }

  @Test
  void a_size_counts_only_when_every_proxy_has_confirmed_it() {
    edge().lag();
    assertThat(cockpit.weir("drain", "web", "web1").code()).isZero();
    Ended ended = cockpit.weir("wait", "web", "--at-most", "1", "--timeout", "50ms");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err())
        .contains("web has 1 ready, not confirmed by edge, not as asked within 50ms");
    Thread later = Thread.ofVirtual().start(() -> edge().follow());
    assertThat(cockpit.weir("wait", "web", "--at-most", "1", "--timeout", "60s").code()).isZero();
    assertThat(later).isNotNull();
  }

  @Test
  void a_terminal_shows_what_is_waited_for_and_nothing_of_it_stays() {
    Terminal terminal = new Terminal(OptionalInt.of(70), OptionalInt.of(20), Terminal.Colour.NEVER);
    String[] wait = {
      "wait", "web", "--ready", "3", "--timeout", "2s", "--server", cockpit.address()
    };
    Ended ended = Cockpit.execute(folder, terminal, Map.of(), wait);
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.out())
        .matches("(\r\u001b\\[K(waiting for web|web has 2 ready), [0-9]s)+\r\u001b\\[K");
    assertThat(Cockpit.execute(folder, Terminal.NONE, Map.of(), wait).out()).isEmpty();
  }

  @Test
  void a_probe_shows_all_that_is_said() {
    Ended ended = cockpit.weir("probe", "web", "web1");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines().map(line -> line.replaceFirst("^ *[0-9.]+ ms ", "")))
        .containsExactly(
            "* connects to 10.0.0.1:80",
            "> GET /healthz HTTP/1.1",
            "< HTTP/1.1 200 OK",
            "passed: 200 OK (ok) after 3.0 ms");
    assertThat(cockpit.weir("probe", "web", "web1", "-o", "json").json().objects("transcript"))
        .hasSize(3);
  }

  @Test
  void a_probe_that_fails_ends_with_1() {
    MemberId web1 = new MemberId(new PoolId("web"), Address.parse("10.0.0.1:80"));
    weir.looked(web1, Samples.look(ProbeResult.Kind.REFUSED, "connection refused"));
    Ended ended = cockpit.weir("probe", "web", "web1");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains("failed: connection refused (refused) after ");
    assertThat(cockpit.weir("probe", "web", "web").code()).isEqualTo(2);
  }

  @Test
  void the_log_gets_louder_and_the_journal_says_by_whom() {
    assertThat(cockpit.weir("log-level", "debug", "--for", "10m", "--reason", "why").out())
        .matches("dev\\.weir logs debug until .*Z\n");
    assertThat(cockpit.weir("log-level", "trace", "--logger", "dev.weir.source").code()).isZero();
    assertThat(cockpit.weir("log-level").out().lines().toList())
        .element(2)
        .asString()
        .matches("dev.weir.source +trace +-");
    assertThat(cockpit.weir("events", "--no-follow", "--since", "1h").out())
        .contains("log.level of dev.weir by ");
    Ended wrong = cockpit.weir("log-level", "loud");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("expected: error, warn, info, debug or trace");
  }
}
