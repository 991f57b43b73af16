package dev.weir.app.live;

import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A {@link Site} whose pool stands in an nginx and in an HAProxy at once, with four backends. */
final class Pair implements AutoCloseable {

  static final int BACKENDS = 4;
  private static final int ENOUGH = 4 * BACKENDS;

  final Site site;
  private final int haproxyPort = FreePorts.one();
  private Started haproxy;

  /** Both proxies run and serve these members. */
  Pair(Path folder, int... members) throws IOException, InterruptedException {
    site = new Site(folder, BACKENDS);
    site.members(members);
    Files.writeString(folder.resolve("haproxy.cfg"), haproxyConf());
    site.replace(site.yaml(), yaml());
    Started once = site.weir("run", "--once", "-c", site.yaml().toString());
    if (once.awaitExit(Site.PATIENCE) != 0) {
      throw new IOException(once.log());
    }
    var _ = site.nginx();
    haproxy = startHaproxy();
  }

  private Started startHaproxy() throws IOException, InterruptedException {
    List<String> command = haproxyCommand("-W", "-p", in("haproxy.pid"));
    return Started.start("haproxy", site.folder, command).awaitPort(haproxyPort, Site.PATIENCE);
  }

  /** HAProxy dies like from {@code kill -9}, its workers with it, and is started anew. */
  void killHaproxy() throws IOException, InterruptedException {
    haproxy.kill();
    haproxy = startHaproxy();
  }

  /** What a proxy's own check says against the files as they lie there, and who answers badly. */
  List<String> complaints() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (List<String> check :
        List.of(
            List.of(Server.NGINX.path().toString(), "-t", "-p", in(""), "-c", in("nginx.conf")),
            haproxyCommand("-c"))) {
      if (!(Programs.run(check, Site.PATIENCE) instanceof Exited exited && exited.succeeded())) {
        all.add(String.join(" ", check) + " does not pass");
      }
    }
    for (int port : new int[] {site.nginxPort, haproxyPort}) {
      for (Answer answer : new BackendClient(site.backends, port).ask(ENOUGH)) {
        if (answer.status() != 200) {
          all.add("port %d: %s".formatted(port, answer));
        }
      }
    }
    return all;
  }

  /** Where the members stand, each as the numbers of the backends. */
  record Standing(
      Set<Integer> nginxFile,
      Set<Integer> nginxAnswers,
      Set<Integer> haproxyFile,
      Set<Integer> haproxyRuns,
      Set<Integer> haproxyAnswers) {
    static Standing of(Set<Integer> all) {
      return new Standing(all, all, all, all, all);
    }
  }

  Standing standing() throws IOException {
    return new Standing(
        named(Files.readAllLines(site.upstreams()).stream().filter(line -> line.contains("ready"))),
        answering(site.nginxPort),
        named(
            Files.readAllLines(site.folder.resolve("weir.cfg")).stream()
                .filter(line -> line.startsWith("  server ") && !line.contains(" disabled"))),
        named(
            say("show servers state web")
                .lines()
                .map(line -> line.split(" "))
                .filter(row -> row.length > 18 && row[6].equals("0"))
                .map(row -> row[4] + ":" + row[18])),
        answering(haproxyPort));
  }

  private Set<Integer> named(Stream<String> lines) {
    Set<Integer> found = new TreeSet<>();
    lines.forEach(line ->
        IntStream.range(0, BACKENDS)
            .filter(number -> line.contains(site.backends.endpoint(number).toString()))
            .forEach(found::add));
    return found;
  }

  private Set<Integer> answering(int port) throws IOException {
    return named(
        new BackendClient(site.backends, port)
            .ask(ENOUGH).stream().flatMap(answer -> answer.by().stream()).map(Object::toString));
  }

  /** What HAProxy answers to a command of its admin socket. */
  String say(String command) throws IOException {
    var address = UnixDomainSocketAddress.of(site.folder.resolve("admin.sock"));
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      byte[] answer = Channels.newInputStream(channel).readAllBytes();
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  private String in(String name) {
    return site.folder + "/" + name;
  }

  private List<String> haproxyCommand(String... options) {
    List<String> command = new ArrayList<>(List.of(Server.HAPROXY.path().toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", in("haproxy.cfg"), "-f", in("weir.cfg")));
    return command;
  }

  private String yaml() {
    return """
    state: FOLDER/state
    api: [ { listen: '127.0.0.1:API' } ]
    pools:
      web:
        sources: [ { file: FOLDER/members.txt } ]
        check: { http: /, every: 100ms, rise: 1, fall: 2 }
        guard: { max_loss: 100% }
        drain: { grace: 0s }
        nginx: { server: max_fails=0 }
    proxies:
      edge:
        nginx: { upstreams: FOLDER/upstreams.conf, config: FOLDER/nginx.conf, pid: FOLDER/nginx.pid,
                 confirm: '127.0.0.1:CONFIRM', binary: NGINX }
        pools: [ web ]
      inner:
        haproxy: { backends: FOLDER/weir.cfg, config: [ FOLDER/haproxy.cfg ],
                   sockets: [ FOLDER/admin.sock ], pid: FOLDER/haproxy.pid, binary: HAPROXY }
        pools: [ web ]
    """
        .replace("FOLDER", site.folder.toString())
        .replace("API", String.valueOf(site.apiPort))
        .replace("CONFIRM", String.valueOf(site.confirmPort))
        .replace("NGINX", Server.NGINX.path().toString())
        .replace("HAPROXY", Server.HAPROXY.path().toString());
  }

  private String haproxyConf() {
    return """
    global
      stats socket %s mode 600 level admin
      hard-stop-after 10s
    defaults
      mode http
      timeout connect 2s
      timeout client 10s
      timeout server 10s
      retries 3
      option redispatch
    frontend in
      bind 127.0.0.1:%d
      default_backend web
    """
        .formatted(in("admin.sock"), haproxyPort);
  }

  @Override
  public void close() {
    site.close();
    haproxy.close();
  }
}
