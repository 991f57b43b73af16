package dev.weir.kv.zookeeper.client;

import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** A real ZooKeeper of one server, which can be killed, hung, and started again empty. */
final class ZookeeperServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SESSION = 4000;
  private static final List<ACL> ANYBODY =
      Arrays.asList(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone")));

  private final Path folder;
  private final int port = FreePorts.one();
  private int life;
  private Started process;
  private ZooKeeper client;

  private ZookeeperServer(Path folder) throws Exception {
    this.folder = folder;
    this.process = launch();
    this.client = connect();
  }

  static ZookeeperServer start(Path folder) throws Exception {
    return new ZookeeperServer(folder);
  }

  private Started launch() throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("zoo-%d.cfg".formatted(life)),
            """
            tickTime=200
            dataDir=%s
            clientPort=%d
            clientPortAddress=127.0.0.1
            maxClientCnxns=0
            admin.enableServer=false
            """
                .formatted(folder.resolve("data-" + life), port));
    return Started.start(
            "zookeeper-" + port,
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Server.ZOOKEEPER.path().toString(),
                "org.apache.zookeeper.server.ZooKeeperServerMain",
                config.toString()))
        .awaitPort(port, PATIENCE);
  }

  private ZooKeeper connect() throws IOException, InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zookeeper =
        new ZooKeeper(
            "127.0.0.1:" + port,
            SESSION,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    if (!connected.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("no connection: " + process.log());
    }
    return zookeeper;
  }

  int port() {
    return port;
  }

  /** Makes a node that goes with the session of whoever is returned, who ends it. */
  ZooKeeper ephemeral(String path) throws IOException, InterruptedException, KeeperException {
    ZooKeeper owner = connect();
    String ignored = owner.create(path, new byte[0], ANYBODY, CreateMode.EPHEMERAL);
    return owner;
  }

  /** Replaces what a node holds. */
  void write(String path, byte[] data) throws KeeperException, InterruptedException {
    Object ignored = client.setData(path, data, -1);
  }

  /** Kills it and starts it with nothing in it. */
  void recreate() throws IOException, InterruptedException {
    process.kill();
    client.close();
    life++;
    process = launch();
    client = connect();
  }

  /** Sends a signal to the process. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + ": " + code);
    }
  }

  /** Writes a node, and those above it. */
  void put(String path, String value) throws KeeperException, InterruptedException {
    put(path, value, ANYBODY);
  }

  /** Writes a node with these rights. */
  void put(String path, String value, List<ACL> rights)
      throws KeeperException, InterruptedException {
    byte[] data = value.getBytes(StandardCharsets.UTF_8);
    if (client.exists(path, false) != null) {
      write(path, data);
      return;
    }
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String above = path.substring(0, slash);
      if (client.exists(above, false) == null) {
        String ignored = client.create(above, new byte[0], ANYBODY, CreateMode.PERSISTENT);
      }
    }
    String ignored = client.create(path, data, rights, CreateMode.PERSISTENT);
  }

  /** Writes many nodes right below one, a thousand at a time. */
  void putAll(String folder, Map<String, String> pairs)
      throws KeeperException, InterruptedException {
    put(folder, "");
    List<Op> operations = new ArrayList<>();
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      byte[] data = pair.getValue().getBytes(StandardCharsets.UTF_8);
      operations.add(Op.create(pair.getKey(), data, ANYBODY, CreateMode.PERSISTENT));
    }
    for (int i = 0; i < operations.size(); i += 1000) {
      Object ignored = client.multi(operations.subList(i, Math.min(operations.size(), i + 1000)));
    }
  }

  void delete(String path) throws KeeperException, InterruptedException {
    if (client.exists(path, false) != null) {
      client.delete(path, -1);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    process.close();
  }
}
