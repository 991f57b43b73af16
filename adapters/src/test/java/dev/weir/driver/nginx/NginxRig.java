package dev.weir.driver.nginx;

import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RealRig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real nginx as a rig for the driver contract. */
final class NginxRig extends RealRig {

  private final RealNginx nginx;
  private final TreeTrial.Way way;
  private final PoolKind kind;

  /** One that takes members by a reload. */
  NginxRig(TreeTrial.Way way) throws IOException {
    this(way, new RealNginx("web", "the_shop"));
  }

  private NginxRig(TreeTrial.Way way, RealNginx nginx) throws IOException {
    this.way = way;
    this.nginx = nginx;
    this.kind = nginx.stream.isPresent() ? PoolKind.TCP : PoolKind.HTTP;
  }

  /** One that takes members while it runs. */
  static NginxRig live() throws IOException {
    return new NginxRig(TreeTrial.Way.MOUNTED, RealNginx.withLua("web", "the_shop"));
  }

  /** One that passes on connections, its upstreams in Weir's file for {@code stream}. */
  static NginxRig stream() throws IOException {
    return new NginxRig(TreeTrial.Way.MOUNTED, RealNginx.withStream("web", "the_shop"));
  }

  /** One whose upstreams stand in a file of the user's. */
  static NginxRig edited() throws IOException {
    NginxRig rig = new NginxRig(TreeTrial.Way.MOUNTED);
    Path file = rig.nginx.folder.resolve("user.conf");
    Files.writeString(
        file,
        """
        # the web
        upstream web { # of ours
        \tkeepalive 8; # idle ones

        \t# members
        \tserver 127.0.0.1:9 down; # gone long ago
        }
        upstream the_shop { server 127.0.0.1:9 down; }
        # the end
        """);
    rig.nginx.edit = List.of(file.toString());
    rig.nginx.always = "include " + file + ";\n";
    rig.nginx.configure("");
    return rig;
  }

  @Override
  public int emptyAnswer(int status) {
    return kind == PoolKind.HTTP ? status : 0;
  }

  /** One whose whole file is rendered. */
  static NginxRig rendered(String ending) throws Exception {
    NginxRig rig = new NginxRig(TreeTrial.Way.MOUNTED);
    rig.nginx.render(ending);
    return rig;
  }

  RealNginx nginx() {
    return nginx;
  }

  @Override
  public Time time() {
    return Time.SYSTEM;
  }

  @Override
  protected int port(int pool) {
    return nginx.port(pool);
  }

  @Override
  public ProxyDriver open(Checkpoints checkpoints) throws Exception {
    return open(checkpoints, surroundings(kind == PoolKind.HTTP ? "keepalive 8" : "least_conn"));
  }

  @Override
  public ProxyDriver openRefused(Checkpoints checkpoints) throws Exception {
    return open(
        checkpoints,
        nginx.edit.isEmpty()
            ? surroundings("refused_directive on")
            : new NginxSurroundings(List.of(), Surroundings.server("refused=1")));
  }

  private ProxyDriver open(Checkpoints checkpoints, NginxSurroundings web) throws Exception {
    Context<NginxSurroundings> context =
        new Context<>(
            new ProxyName("edge"),
            List.of(carried(WEB, "web", web), carried(SHOP, "the_shop", NginxSurroundings.NONE)),
            Files.createDirectories(nginx.folder.resolve("state")),
            time(),
            checkpoints);
    return new NginxType(way).open(nginx.options(), context);
  }

  private Carried<NginxSurroundings> carried(PoolId pool, String as, NginxSurroundings around) {
    return new Carried<>(pool, as, around, DrainPolicy.DEFAULT, kind);
  }

  private static NginxSurroundings surroundings(String directive) {
    return new NginxSurroundings(
        List.of(Surroundings.directive(directive)), Surroundings.server("fail_timeout=1s"));
  }

  @Override
  public void start() throws Exception {
    nginx.start();
  }

  @Override
  public void stop() throws Exception {
    nginx.stop();
  }

  @Override
  public void kill() {
    nginx.kill();
  }

  @Override
  public void reload() throws Exception {
    nginx.reload();
  }

  @Override
  public void changeByHand(PoolId pool) throws Exception {
    LiveHand hand = new LiveHand(nginx);
    if (hand.has()) {
      hand.takeOut(pool.equals(WEB) ? "web" : "the_shop");
      return;
    }
    Path own = nginx.stream.orElse(nginx.options().upstreams());
    Path file = nginx.edit.isEmpty() ? own : Path.of(nginx.edit.getFirst());
    String text = Files.readString(file);
    int section = text.indexOf("upstream " + (pool.equals(WEB) ? "web" : "the_shop"));
    int end = text.indexOf(";", text.indexOf("server", section));
    Files.writeString(file, text.substring(0, end) + " down" + text.substring(end));
    nginx.reload();
  }

  /** The user's configuration wants a port that somebody else has: no test finds that out. */
  @Override
  public Broken breakReload() throws IOException {
    ServerSocket taken = new ServerSocket(FreePorts.one(), 1, InetAddress.ofLiteral("127.0.0.1"));
    Broken broken =
        replaced("access_log off;", "server { listen 127.0.0.1:%d; }", taken.getLocalPort());
    return () -> {
      broken.close();
      taken.close();
    };
  }

  @Override
  public Broken breakOwnConfiguration() throws IOException {
    if (nginx.template.isEmpty()) {
      return replaced("access_log off;", "mistake on;", 0);
    }
    Files.writeString(nginx.included(), "mistake on;\n");
    return () -> Files.writeString(nginx.included(), "");
  }

  /** In what the user writes. */
  private Broken replaced(String before, String more, int port) throws IOException {
    Path config = nginx.template.orElse(nginx.config);
    String whole = Files.readString(config);
    Files.writeString(config, whole.replace(before, before + "\n" + more.formatted(port)));
    return () -> Files.writeString(config, whole);
  }

  @Override
  public Optional<String> check() throws Exception {
    return nginx.check();
  }

  @Override
  public void close() throws Exception {
    nginx.close();
    super.close();
  }
}
