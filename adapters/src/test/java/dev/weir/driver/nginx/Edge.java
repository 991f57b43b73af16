package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** A real nginx that carries one pool, its backends, and a driver for it. */
final class Edge implements AutoCloseable {

  static final PoolId WEB = new PoolId("web");
  private static final int TRIES = 20;

  final Backends backends = Backends.start(4);
  final RealNginx nginx;
  private final TreeTrial.Way way;

  Edge(RealNginx nginx) throws IOException {
    this(nginx, TreeTrial.Way.MOUNTED);
  }

  Edge(RealNginx nginx, TreeTrial.Way way) throws IOException {
    this.nginx = nginx;
    this.way = way;
  }

  ProxyDriver open() throws SetupException, IOException {
    return open(nginx.options(), Access.OWN, NginxSurroundings.NONE);
  }

  ProxyDriver open(NginxOptions options, Access access, NginxSurroundings around)
      throws SetupException, IOException {
    return new NginxType(way)
        .open(
            options,
            new Context<>(
                new ProxyName("edge"),
                List.of(new Carried<>(WEB, "web", around)),
                Files.createDirectories(nginx.folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE,
                access));
  }

  /** The pool with these backends ready. */
  DesiredState with(int... numbers) {
    Wanted pool = Wanted.pool(WEB);
    for (int number : numbers) {
      pool.ready("b" + number, backends.endpoint(number));
    }
    return Wanted.state(pool);
  }

  static Observed observe(ProxyDriver driver) throws InterruptedException {
    return driver.observe(Set.of(WEB));
  }

  /** One round. */
  static Outcome round(ProxyDriver driver, DesiredState desired) throws InterruptedException {
    return driver.apply(driver.plan(desired, observe(driver)));
  }

  /** Rounds until nothing is left to do. */
  static void converge(ProxyDriver driver, DesiredState desired) throws InterruptedException {
    Object last = "none";
    for (int i = 0; i < TRIES; i++) {
      Plan plan = driver.plan(desired, observe(driver));
      if (plan instanceof Plan.InSync) {
        return;
      }
      last = driver.apply(plan);
    }
    fail("does not converge; last outcome: %s", last);
  }

  /** Prepares the file for these backends and starts nginx from it. */
  void startWith(int... numbers) throws Exception {
    try (ProxyDriver driver = open()) {
      assertThat(round(driver, with(numbers))).isInstanceOf(Outcome.Applied.class);
    }
    nginx.start();
  }

  @Override
  public void close() throws IOException {
    nginx.close();
    backends.close();
  }
}
