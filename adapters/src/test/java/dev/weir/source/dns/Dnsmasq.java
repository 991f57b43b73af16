package dev.weir.source.dns;

import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real dnsmasq that answers for the domain {@code test} from a file, and refuses all else. */
final class Dnsmasq implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Path hosts;
  private final int port = FreePorts.one();
  private final List<String> more;
  private Optional<Started> process = Optional.empty();

  /** One that does not run yet; {@code more} are further arguments. */
  Dnsmasq(Path folder, String... more) throws IOException {
    this.folder = folder;
    this.hosts = Files.writeString(folder.resolve("hosts"), "");
    this.more = List.of(more);
  }

  int port() {
    return port;
  }

  /** Starts it, or goes on with it where it was halted, with these lines in its file. */
  void serve(List<String> lines) throws IOException, InterruptedException {
    Files.write(hosts, lines);
    if (process.isEmpty()) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Server.DNSMASQ.path().toString(),
                  "--keep-in-foreground",
                  "--conf-file=/dev/null",
                  "--no-resolv",
                  "--no-hosts",
                  "--pid-file=",
                  "--user=" + System.getProperty("user.name"),
                  "--listen-address=127.0.0.1",
                  "--bind-interfaces",
                  "--port=" + port,
                  "--addn-hosts=" + hosts,
                  "--local=/test/",
                  "--local-ttl=1"));
      command.addAll(more);
      process =
          Optional.of(Started.start("dnsmasq-" + port, folder, command).awaitPort(port, PATIENCE));
    }
    signal("CONT");
    signal("HUP");
  }

  /** Makes it hang. */
  void halt() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Kills it. */
  void kill() throws InterruptedException {
    if (process.isPresent()) {
      process.get().kill();
      process = Optional.empty();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.orElseThrow().pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
  }

  @Override
  public void close() {
    process.ifPresent(running -> {
      try {
        running.kill();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    });
  }
}
