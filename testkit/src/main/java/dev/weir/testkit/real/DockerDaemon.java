package dev.weir.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Docker Engine of a test's own: data, socket and process id file in the test's folder, one
 * bridge of its own, and no change to the machine's packet filter, so that several run beside each
 * other and beside an installed one. Its image is a file system with a static busybox in it.
 * Containers outlive a daemon that stops, as with {@code live-restore}; closing removes them all.
 * Needs root.
 *
 * <p>Without the packet filter, published ports work through Docker's user-space proxy, on
 * loopback, while the daemon runs; a container's own address works always.
 */
public final class DockerDaemon implements AutoCloseable {

  /** The image that every container is made of. */
  public static final String IMAGE = "weir/busybox:1";

  /** The network that every container is in. */
  public static final String NETWORK = "front";

  private static final List<String> FLAGS =
      List.of(
          "--storage-driver=vfs",
          "--bridge=none",
          "--iptables=false",
          "--ip6tables=false",
          "--ip-forward=false",
          "--ip-masq=false",
          "--live-restore");

  private static final Duration START = Duration.ofSeconds(30);
  private static final List<String> COMMANDS =
      List.of("sh", "httpd", "sleep", "mkdir", "touch", "rm");

  private final Path directory;
  private final List<String> hosts;
  private final DockerApi api;
  private final Set<String> containers = new LinkedHashSet<>();
  private Optional<Started> daemon = Optional.empty();
  private String bridge = "";

  private DockerDaemon(Path directory, List<String> hosts) {
    this.directory = directory;
    this.hosts = hosts;
    this.api = new DockerApi(socket());
  }

  /**
   * Starts a daemon and gives it its image and network.
   *
   * @param directory empty, with a path short enough for a socket in it; see {@link ShortTempDir}
   */
  public static DockerDaemon start(Path directory) throws IOException, InterruptedException {
    return start(new DockerDaemon(directory, List.of()));
  }

  /**
   * The same, with its API also on a loopback port without TLS, for which the daemon takes a second
   * longer to start.
   */
  public static DockerDaemon startOnPort(Path directory, int port)
      throws IOException, InterruptedException {
    return start(
        new DockerDaemon(directory, List.of("--host=tcp://127.0.0.1:" + port, "--tls=false")));
  }

  /**
   * The same with TLS, for those only who show this certificate.
   *
   * @param server who the daemon says it is
   * @param client who may ask
   */
  public static DockerDaemon startOnPort(
      Path directory, int port, SelfSigned server, SelfSigned client)
      throws IOException, InterruptedException {
    return start(
        new DockerDaemon(
            directory,
            List.of(
                "--host=tcp://127.0.0.1:" + port,
                "--tlsverify",
                "--tlscacert=" + client.pem(),
                "--tlscert=" + server.pem(),
                "--tlskey=" + server.keyPem())));
  }

  private static DockerDaemon start(DockerDaemon docker) throws IOException, InterruptedException {
    Files.writeString(docker.directory.resolve("daemon.json"), "{}");
    docker.startDaemon();
    docker.importImage();
    docker.createNetwork();
    return docker;
  }

  /** The unix socket of its API. */
  public Path socket() {
    return directory.resolve("docker.sock");
  }

  /** Starts the daemon, or starts it again. */
  public void startDaemon() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Server.DOCKERD.path().toString());
    command.add("--config-file=" + directory.resolve("daemon.json"));
    command.add("--data-root=" + directory.resolve("data"));
    command.add("--exec-root=" + directory.resolve("exec"));
    command.add("--pidfile=" + directory.resolve("pid"));
    command.add("--host=unix://" + socket());
    command.addAll(hosts);
    command.addAll(FLAGS);
    Started started = Started.start("dockerd", directory, command);
    daemon = Optional.of(started);
    started.await("API", START, this::answers);
  }

  /** Stops the daemon; its containers go on running. */
  public void stopDaemon() {
    daemon.ifPresent(Started::close);
    daemon = Optional.empty();
  }

  /**
   * Kills the daemon, and with it its containerd; its containers go on running. Forgets the process
   * ids that both have noted, because a new daemon waits in vain for one that is only just ending.
   */
  public void killDaemon() throws InterruptedException, IOException {
    if (daemon.isPresent()) {
      daemon.get().kill();
      daemon = Optional.empty();
      Files.deleteIfExists(directory.resolve("pid"));
      Files.deleteIfExists(directory.resolve("exec/containerd/containerd.pid"));
    }
  }

  /** Makes the daemon hang: it accepts connections and answers nothing until it is thawed. */
  public void freezeDaemon() throws IOException, InterruptedException {
    signalDaemon("-STOP");
  }

  /** Ends what {@link #freezeDaemon} began. */
  public void thawDaemon() throws IOException, InterruptedException {
    signalDaemon("-CONT");
  }

  /** Whether the daemon was started and not stopped. */
  public boolean isRunning() {
    return daemon.isPresent();
  }

  private void signalDaemon(String signal) throws IOException, InterruptedException {
    if (daemon.isPresent()) {
      runProgram(List.of("kill", signal, Long.toString(daemon.get().pid())));
    }
  }

  private boolean answers() {
    try {
      return api.get("/_ping").equals("OK");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Creates a container and starts it. */
  public void run(ContainerSpec container) throws IOException {
    api.post("/containers/create?name=" + container.name(), container.json(IMAGE, NETWORK));
    containers.add(container.name());
    start(container.name());
  }

  /** Starts a container that was stopped. */
  public void start(String name) throws IOException {
    act(name, "start");
  }

  /**
   * Stops a container: sends its stop signal and kills it when that has no effect.
   *
   * @param patience before the kill, in whole seconds
   */
  public void stop(String name, Duration patience) throws IOException {
    act(name, "stop?t=" + patience.toSeconds());
  }

  /** Sends a signal. */
  public void signal(String name, String signal) throws IOException {
    act(name, "kill?signal=" + signal);
  }

  public void pause(String name) throws IOException {
    act(name, "pause");
  }

  public void unpause(String name) throws IOException {
    act(name, "unpause");
  }

  public void rename(String name, String newName) throws IOException {
    act(name, "rename?name=" + newName);
    containers.remove(name);
    containers.add(newName);
  }

  /** Takes a container out of its network. */
  public void disconnect(String name) throws IOException {
    api.post("/networks/" + NETWORK + "/disconnect", "{\"Container\":\"%s\"}".formatted(name));
  }

  /** Puts a container into its network again. */
  public void connect(String name) throws IOException {
    api.post("/networks/" + NETWORK + "/connect", "{\"Container\":\"%s\"}".formatted(name));
  }

  /** Runs a command in a container, in the shell's language, and does not wait for it. */
  public void exec(String name, String script) throws IOException {
    Json json = new Json();
    json.put("Cmd", List.of("sh", "-c", script));
    String created = api.post("/containers/" + name + "/exec", json.toString());
    String id = created.replaceAll("(?s).*\"Id\":\"([0-9a-f]+)\".*", "$1");
    api.post("/exec/" + id + "/start", "{\"Detach\":true}");
  }

  /** Kills and removes a container. */
  public void remove(String name) throws IOException {
    containers.remove(name);
    api.delete("/containers/" + name + "?force=1");
  }

  /** What the engine knows of a container, as JSON. */
  public String inspect(String name) throws IOException {
    return api.get("/containers/" + name + "/json");
  }

  /** The names of the containers that were run and not removed. */
  public Set<String> containers() {
    return Set.copyOf(containers);
  }

  private void act(String name, String action) throws IOException {
    api.post("/containers/" + name + "/" + action, "text/plain", new byte[0]);
  }

  private void importImage() throws IOException, InterruptedException {
    Path root = directory.resolve("root");
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("www"));
    Path busybox = Server.BUSYBOX.path();
    Files.copy(busybox, bin.resolve("busybox"));
    for (String command : COMMANDS) {
      Files.createSymbolicLink(bin.resolve(command), Path.of("busybox"));
    }
    runProgram(
        List.of(busybox.toString(), "tar", "-C", root.toString(), "-cf", tar().toString(), "."));
    replaceImage();
  }

  /** Makes the image anew: another one of the same content and name, the former loses its name. */
  public void replaceImage() throws IOException {
    String name = URLEncoder.encode(IMAGE, StandardCharsets.UTF_8);
    api.post(
        "/images/create?fromSrc=-&repo=" + name, "application/x-tar", Files.readAllBytes(tar()));
  }

  private Path tar() {
    return directory.resolve("root.tar");
  }

  /** Creates the network in the first range of addresses that nobody uses. */
  private void createNetwork() throws IOException {
    long start = ProcessHandle.current().pid();
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long range = (start + i) % 10_000;
      String subnet = "10.%d.%d.0/24".formatted(210 + range / 250 % 40, range % 250);
      try {
        api.post("/networks/create", network(subnet, "weir" + range));
        bridge = "weir" + range;
        return;
      } catch (IOException taken) {
        refusals.add(String.valueOf(taken.getMessage()));
      }
    }
    throw new IOException("no network: " + refusals.getLast());
  }

  private static String network(String subnet, String bridge) {
    Json json = new Json();
    json.put("Name", NETWORK);
    json.put("Driver", "bridge");
    json.put("IPAM", Map.of("Config", List.of(Map.of("Subnet", subnet))));
    json.put("Options", Map.of("com.docker.network.bridge.name", bridge));
    return json.toString();
  }

  private static void runProgram(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
      throw new IOException(command + " failed");
    }
  }

  /** Removes all containers and the network, and ends the daemon and everything it has left. */
  @Override
  public void close() {
    try {
      if (daemon.isEmpty()) {
        startDaemon();
      }
      thawDaemon();
      for (String name : containers()) {
        remove(name);
      }
      api.delete("/networks/" + NETWORK);
    } catch (IOException unclean) {
      throw new UncheckedIOException("containers may have been left in " + directory, unclean);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      stopDaemon();
      DockerRemains.remove(directory, bridge);
    }
  }
}
