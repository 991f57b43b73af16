package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.surround.ServerText;
import dev.weir.testkit.Faults;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A real HAProxy, real backends and one driver for one pool, for what the contract does not ask.
 */
final class Site implements AutoCloseable {

  static final PoolId WEB = new PoolId("web");
  static final String AS = "be_web";

  final Backends backends = Backends.start(3);
  final RealHaproxy haproxy;
  final HastyTime time = new HastyTime();
  final Faults faults = new Faults();
  ProxyDriver driver;
  private final List<Carried<HaproxySurroundings>> carried = new ArrayList<>();

  Site(String server, String... directives) throws Exception {
    this(new RealHaproxy(AS), server, directives);
  }

  Site(RealHaproxy haproxy, String server, String... directives) throws Exception {
    this(haproxy, DrainPolicy.DEFAULT, server, directives);
  }

  Site(RealHaproxy haproxy, DrainPolicy drain, String server, String... directives)
      throws Exception {
    this.haproxy = haproxy;
    this.carried.add(
        new Carried<>(
            WEB,
            AS,
            new HaproxySurroundings(List.of(directives), ServerText.parse(server)),
            drain));
    this.driver = open();
  }

  Site(RealHaproxy haproxy, HaproxySurroundings web) throws Exception {
    this.haproxy = haproxy;
    this.carried.add(new Carried<>(WEB, AS, web));
    this.driver = open();
  }

  private ProxyDriver open() throws SetupException, IOException {
    Context<HaproxySurroundings> context =
        new Context<>(
            new ProxyName("inner"),
            carried,
            Files.createDirectories(haproxy.folder.resolve("state")),
            time,
            faults);
    return new HaproxyDriverType().open(haproxy.options(), context);
  }

  /** Another Weir takes over; what the former had put off is lost. */
  void reopen() throws Exception {
    driver.close();
    driver = open();
  }

  /** Another Weir takes over, whose configuration has one more pool, for the same servers. */
  void reopenWith(PoolId pool, String as) throws Exception {
    carried.add(new Carried<>(pool, as, carried.getFirst().surroundings()));
    reopen();
  }

  /** Writes the file, starts HAProxy, and makes sure that it serves this. */
  Site start(DesiredState state) throws Exception {
    converge(state);
    haproxy.start();
    converge(state);
    return this;
  }

  Endpoint at(int backend) {
    return backends.endpoint(backend);
  }

  BackendClient client() {
    return new BackendClient(backends, haproxy.port(0));
  }

  /** The pool with the backends of these numbers ready, {@code b0} and so on. */
  DesiredState ready(int... numbers) {
    Wanted pool = Wanted.pool(WEB);
    for (int number : numbers) {
      pool.ready("b" + number, at(number));
    }
    return Wanted.state(pool);
  }

  Observed observe() throws InterruptedException {
    return driver.observe(Set.of(WEB));
  }

  Plan plan(DesiredState desired) throws InterruptedException {
    return driver.plan(desired, observe());
  }

  /** Looks, plans and applies once. */
  Outcome applyOnce(DesiredState desired) throws InterruptedException {
    return driver.apply(plan(desired));
  }

  void converge(DesiredState desired) throws InterruptedException {
    Object last = "nothing";
    for (int i = 0; i < 30; i++) {
      Plan plan = plan(desired);
      if (plan instanceof Plan.InSync) {
        return;
      }
      last = driver.apply(plan);
    }
    fail("does not converge: %s", last);
  }

  /** Does what is put off, until nothing is, or so many longer waits are over. */
  void upkeep(int waits) throws InterruptedException {
    Optional<Duration> due = driver.upkeep();
    for (int waited = 0; waited < waits && due.isPresent(); ) {
      waited += due.get().compareTo(Duration.ofMillis(20)) > 0 ? 1 : 0;
      time.sleep(due.get());
      due = driver.upkeep();
    }
  }

  static Outcome.Failed failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  @Override
  public void close() throws IOException {
    driver.close();
    haproxy.close();
    backends.close();
  }
}
