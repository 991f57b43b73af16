package dev.weir.bench;

import dev.weir.bench.Site.Way;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What the parts of a change cost on this machine without any Weir: the floor under the others. */
record Limits() implements Scenario {

  private static final int ROUNDS = 30;

  private interface Act {
    void run() throws IOException, InterruptedException;
  }

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("weir-limits-");
    report.row("limit: write 1 kB, flush, rename", time(() -> publish(folder)), "");
    Files.deleteIfExists(folder.resolve("target"));
    Files.delete(folder);
    for (Way way : List.of(Way.NGINX_RELOAD, Way.HAPROXY_LIVE)) {
      try (Site site = new Site(way, List.of("web"), "floor: 0");
          Backend a = new Backend("a")) {
        site.members("web", List.of(Site.member(a)));
        site.prepare(checkout);
        site.startProxy();
        report.row(
            "limit: " + String.join(" ", site.check().subList(0, 2)),
            time(() -> run(site.check())),
            "");
        report.row(
            "limit: one request through " + (way.nginx() ? "nginx" : "HAProxy"),
            time(() -> Client.once(site.port())),
            "");
        if (!way.nginx()) {
          report.row(
              "limit: one socket command, new connection",
              time(() -> HaproxySocket.ask(site.socket(), "set server web/a weight 1")),
              "");
        }
      }
    }
  }

  private static Samples time(Act act) throws IOException, InterruptedException {
    act.run();
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      act.run();
      nanos[i] = System.nanoTime() - start;
    }
    return Samples.of(nanos);
  }

  private static void publish(Path folder) throws IOException {
    Path fresh = folder.resolve("fresh");
    try (FileChannel out =
        FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.allocate(1024));
      out.force(true);
    }
    Files.move(fresh, folder.resolve("target"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
  }
}
