package dev.weir.driver.haproxy;

import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.surround.ServerText;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RealRig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real HAProxy as a rig for the driver contract. */
final class HaproxyRig extends RealRig {

  /** Takes any text as its value, and does nothing without an agent check. */
  static final String LIVE = "agent-send {name}={label:zone}";

  /** A dynamic server does not take it, but one that stands ready has it. */
  static final String SLOTS = "cookie {name}";

  /**
   * A dynamic server does not take it, nor can a slot have it, so that every change of members is a
   * reload.
   */
  static final String ONLY_BY_RELOAD = "cookie {name}.{label:zone}";

  private static final String SECTIONS =
      """
      # the web
      backend be_web # of ours
      \tbalance   roundrobin
      \tcookie SRV insert # "who

      \t# members
      backend the_shop
        http-response set-header x-shop 'yes # of course'
        # the end
      """;

  private final RealHaproxy haproxy = new RealHaproxy("be_web", "the_shop");
  private final Time time = new HastyTime();
  private final String server;
  private boolean edits;

  HaproxyRig(String server) throws IOException {
    this.server = server;
  }

  /** Servers are kept in sections of the user's. */
  static HaproxyRig edited(String server) throws IOException {
    HaproxyRig rig = new HaproxyRig(server);
    rig.haproxy.edited(SECTIONS);
    rig.edits = true;
    return rig;
  }

  /** One whose whole file is rendered. */
  static HaproxyRig rendered() throws IOException {
    HaproxyRig rig = new HaproxyRig(LIVE);
    rig.haproxy.rendered();
    return rig;
  }

  RealHaproxy haproxy() {
    return haproxy;
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  protected int port(int pool) {
    return haproxy.port(pool);
  }

  @Override
  public ProxyDriver open(Checkpoints checkpoints) throws SetupException, IOException {
    return open(
        checkpoints,
        edits ? List.of() : List.of("balance roundrobin", "cookie SRV insert"),
        server);
  }

  @Override
  public ProxyDriver openRefused(Checkpoints checkpoints) throws SetupException, IOException {
    return edits
        ? open(checkpoints, List.of(), "refused-parameter on")
        : open(checkpoints, List.of("balance roundrobin", "refused-directive on"), server);
  }

  private ProxyDriver open(Checkpoints checkpoints, List<String> directives, String parameters)
      throws SetupException, IOException {
    HaproxySurroundings web = new HaproxySurroundings(directives, ServerText.parse(parameters));
    Context<HaproxySurroundings> context =
        new Context<>(
            new ProxyName("inner"),
            List.of(
                new Carried<>(WEB, "be_web", web),
                new Carried<>(SHOP, "the_shop", HaproxySurroundings.NONE)),
            Files.createDirectories(haproxy.folder.resolve("state")),
            time(),
            checkpoints);
    return new HaproxyDriverType().open(haproxy.options(), context);
  }

  @Override
  public void start() throws Exception {
    haproxy.start();
  }

  @Override
  public void stop() {
    haproxy.stop();
  }

  @Override
  public void kill() throws Exception {
    haproxy.kill();
  }

  @Override
  public void reload() throws Exception {
    haproxy.reload();
  }

  @Override
  public void changeByHand(PoolId pool) throws Exception {
    String backend = pool.equals(WEB) ? "be_web" : "the_shop";
    String ready =
        ServersState.read(haproxy.say("show servers state " + backend))
            .getOrDefault(backend, List.of())
            .stream()
            .filter(row -> row.state() == ServerState.READY)
            .findFirst()
            .orElseThrow()
            .name();
    String answer = haproxy.say("disable server %s/%s".formatted(backend, ready));
    if (!answer.isEmpty()) {
      throw new IllegalStateException(answer);
    }
  }

  /** The user's configuration binds a port that somebody else has: no check sees that. */
  @Override
  public Broken breakReload() throws IOException {
    ServerSocket taken = new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress());
    String whole = Files.readString(haproxy.usersFile());
    Files.writeString(
        haproxy.usersFile(),
        whole + "frontend taken\n  bind 127.0.0.1:%d\n".formatted(taken.getLocalPort()));
    return () -> {
      Files.writeString(haproxy.usersFile(), whole);
      taken.close();
    };
  }

  @Override
  public Broken breakOwnConfiguration() throws IOException {
    Path config = haproxy.usersFile();
    String whole = Files.readString(config);
    Files.writeString(config, whole.replace("mode http\n", "mode http\n  mistake on\n"));
    Path gone = haproxy.errorFile().resolveSibling("gone");
    if (Files.exists(haproxy.errorFile())) {
      Files.move(haproxy.errorFile(), gone);
    }
    return () -> {
      Files.writeString(config, whole);
      if (Files.exists(gone)) {
        Files.move(gone, haproxy.errorFile());
      }
    };
  }

  @Override
  public Optional<String> check() throws Exception {
    return haproxy.check();
  }

  @Override
  public void close() throws Exception {
    haproxy.close();
    super.close();
  }
}
