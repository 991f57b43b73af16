package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Fingerprint;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Finding;
import dev.weir.spi.Finding.Severity;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a driver is opened, and what it finds wrong with an HAProxy. */
@RequiresServer(Server.HAPROXY)
class HaproxyDriverTypeTest {

  private final HaproxyDriverType type = new HaproxyDriverType();

  private static Context<HaproxySurroundings> context(RealHaproxy at, Access access, String... as) {
    List<Carried<HaproxySurroundings>> pools =
        IntStream.range(0, as.length)
            .mapToObj(i -> new Carried<>(new PoolId("p" + i), as[i], HaproxySurroundings.NONE))
            .toList();
    return new Context<>(
        new ProxyName("inner"), pools, at.folder, Time.SYSTEM, Checkpoints.NONE, access);
  }

  @Test
  void aSecondWeirIsRefusedAndToldWhoTheFirstIs() throws Exception {
    try (RealHaproxy haproxy = new RealHaproxy("be");
        ProxyDriver first = type.open(haproxy.options(), context(haproxy, Access.OWN, "be"))) {
      assertThat(first).isNotNull();
      assertThatThrownBy(
              () -> type.open(haproxy.options(), context(haproxy, Access.OWN, "be")).close())
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
    }
  }

  @Test
  void oneThatOnlyLooksNeedsNoLockAndHasNoEffect() throws Exception {
    try (RealHaproxy haproxy = new RealHaproxy("be");
        ProxyDriver owner = type.open(haproxy.options(), context(haproxy, Access.OWN, "be"));
        ProxyDriver guest = type.open(haproxy.options(), context(haproxy, Access.LOOK, "be"))) {
      assertThat(owner).isNotNull();
      assertThat(guest.observe(Set.of()).running()).isFalse();
      assertThat(guest.upkeep()).isEmpty();
      assertThat(Files.exists(haproxy.own)).isFalse();
      var plan = new Plan.InSync(Fingerprint.of(""));
      assertThatThrownBy(() -> guest.apply(plan)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void backendsHaveNamesOfTheirOwnThatHaproxyTakes() throws Exception {
    try (RealHaproxy haproxy = new RealHaproxy("be")) {
      assertThatThrownBy(
              () -> type.open(haproxy.options(), context(haproxy, Access.OWN, "be", "be")).close())
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("(expected: a name of its own in this proxy)");
      assertThatThrownBy(
              () -> type.open(haproxy.options(), context(haproxy, Access.OWN, "b e")).close())
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("\"b e\" (expected: a backend's name");
    }
  }

  @Test
  void poolsOfTcpAreWrittenInModeTcpAndThoseOfUdpRefused() throws Exception {
    try (RealHaproxy haproxy = new RealHaproxy("be")) {
      assertThat(type.refusal(haproxy.options(), PoolKind.TCP)).isEmpty();
      assertThat(type.refusal(haproxy.options(), PoolKind.UDP))
          .contains("kind udp (expected: http or tcp; HAProxy passes no datagrams on)");
    }
    DesiredPool empty = Wanted.pool(new PoolId("db")).empty(new EmptyPolicy.Status(410)).build();
    assertThat(backend("balance leastconn").structure(empty))
        .containsExactly("backend be_db", "  mode tcp", "  balance leastconn");
    assertThat(backend("mode  tcp").structure(empty))
        .containsExactly("backend be_db", "  mode  tcp");
  }

  private static Backend backend(String directive) throws SetupException {
    return Backend.of(
        new Carried<>(
            new PoolId("db"),
            "be_db",
            new HaproxySurroundings(List.of(directive), ServerText.NONE),
            DrainPolicy.DEFAULT,
            PoolKind.TCP));
  }

  @Test
  void theOwnedFileIsNotAmongTheOthers() throws Exception {
    try (RealHaproxy haproxy = new RealHaproxy("be")) {
      HaproxyOptions good = haproxy.options();
      assertThat(type.owned(good)).containsExactly("file " + haproxy.own);
      List<Path> twice = List.of(haproxy.config, haproxy.own);
      assertThatThrownBy(() ->
              new HaproxyOptions(
                  good.kept(),
                  twice,
                  good.sockets(),
                  good.master(),
                  "haproxy",
                  good.pid(),
                  good.reload(),
                  good.absent()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: not the file of backends");
      assertThatThrownBy(() ->
              new HaproxyOptions(
                  good.kept(),
                  good.config(),
                  good.sockets(),
                  Optional.empty(),
                  "haproxy",
                  good.pid(),
                  new ReloadBy.MasterSocket(),
                  good.absent()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("reload: master (expected: also master: PATH)");
    }
  }

  private List<Finding> inspect(Site site) throws InterruptedException {
    return site.driver.inspect();
  }

  @Test
  void aGoodSetUpHasNothingWrong() throws Exception {
    try (Site site = new Site("check")) {
      site.start(site.ready(0));
      assertThat(inspect(site)).extracting(Finding::severity).containsOnly(Severity.OK);
      assertThat(inspect(site))
          .extracting(Finding::message)
          .anyMatch(text -> text.startsWith("HAProxy version 2."))
          .anyMatch(text -> text.endsWith("-c passes"))
          .anyMatch(text -> text.endsWith("has level admin"))
          .anyMatch(text -> text.equals("its master is " + site.haproxy.process().pid()));
    }
  }

  @Test
  void whatIsWrongOrWillHurtIsFound() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS).level("operator");
    Files.writeString(
        haproxy.config, Files.readString(haproxy.config).replace("hard-stop-after 20s", ""));
    try (Site site = new Site(haproxy, "cookie {host}")) {
      assertThat(inspect(site))
          .extracting(Finding::message)
          .anyMatch(text -> text.contains("does not exist yet; run weir run --once"))
          .anyMatch(text -> text.startsWith("HAProxy does not run"))
          .anyMatch(text -> text.startsWith("no hard-stop-after"))
          .anyMatch(text -> text.contains("be_web: new members need a reload"));
      site.converge(site.ready(0));
      haproxy.start();
      assertThat(inspect(site))
          .contains(
              Finding.error(
                  "%s has level operator (expected: level admin)".formatted(haproxy.socket)));
    }
  }

  @Test
  void anHaproxyThatWasStartedWithoutWeirsFileIsFound() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS);
    try (Site site = new Site(haproxy, "", "balance source")) {
      site.converge(site.ready(0));
      Path elsewhere = haproxy.folder.resolve("elsewhere.cfg");
      Files.copy(haproxy.own, elsewhere);
      haproxy.startWith(elsewhere);
      assertThat(inspect(site))
          .extracting(Finding::message)
          .anyMatch(text -> text.contains("expected: also -f %s, last".formatted(haproxy.own)))
          .anyMatch(text ->
              text.equals(
                  "be_web: new members take slots, because balance source without hash-type"
                      + " consistent takes no new server at run time"));
    }
  }
}
