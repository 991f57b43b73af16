package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * 200 clients follow events while somebody changes 100 weights a second for ten seconds, with
 * HAProxy at run time. Counted is whether each client gets every change, in order; from the time
 * that an event carries until a client has read it, both on this machine's clock; and the processor
 * time of Weir's own process. The clients read on virtual threads of one other process.
 */
record Followers() implements Scenario {

  private static final int CLIENTS = 200;
  private static final int CHANGES = 1_000;
  private static final int WARM_UP = 300;
  private static final Duration DISTANCE = Duration.ofMillis(10);

  @Override
  public String name() {
    return "followers";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), "drain: { grace: 0s }")) {
      site.members(
          "web",
          IntStream.range(0, 10).mapToObj(n -> "b%d=127.0.0.%d:80".formatted(n, n + 1)).toList());
      site.prepare(checkout);
      var _ = site.startProxy();
      WeirProcess weir = site.startWeir(checkout, Mode.LAUNCHER);
      ApiSocket api = new ApiSocket(site.folder().resolve("api.sock"));
      change(api, WARM_UP, 0);
      follow(site, api, weir, report);
    }
  }

  private static void follow(Site site, ApiSocket api, WeirProcess weir, Report report)
      throws IOException, InterruptedException {
    List<Follower> followers = new ArrayList<>();
    CountDownLatch following = new CountDownLatch(CLIENTS);
    CountDownLatch done = new CountDownLatch(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      Follower follower = new Follower(site.api(), following, done);
      followers.add(follower);
      var _ = Thread.ofVirtual().start(follower::run);
    }
    if (!following.await(30, TimeUnit.SECONDS)) {
      throw new IOException("not all clients follow: " + following.getCount() + " are missing");
    }
    long cpu = weir.cpuMillis();
    long start = System.nanoTime();
    change(api, CHANGES, WARM_UP);
    long took = System.nanoTime() - start;
    boolean all = done.await(30, TimeUnit.SECONDS);
    double share = (weir.cpuMillis() - cpu) / (took / 1e6);
    long right = followers.stream().filter(Follower::right).count();
    report.row(
        "200 followers: clients with every change in order", right + (all ? "" : " (late)"), "200");
    report.row(
        "200 followers: changes a second",
        String.format(Locale.ROOT, "%.0f", CHANGES / (took / 1e9)),
        "100");
    report.row(
        "200 followers: an event -> read by a client",
        Samples.of(
            followers.stream()
                .flatMapToLong(it -> it.latencies.stream().mapToLong(n -> n))
                .toArray()),
        "p99 <= 100 ms");
    report.row("200 followers: share of a core", String.format(Locale.ROOT, "%.2f", share), "<= 1");
  }

  /** Every change is another weight, so that its event can be told from all others. */
  private static void change(ApiSocket api, int count, int from)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long early = begin + i * DISTANCE.toNanos() - System.nanoTime();
      if (early > 0) {
        Thread.sleep(Duration.ofNanos(early));
      }
      var _ =
          api.send(
              "PATCH",
              "/v1/pools/web/members/b1",
              "{\"weight\":%d,\"reason\":\"change %d\"}".formatted(1 + i % 200, from + i));
    }
  }

  /** One client. */
  private static final class Follower {
    private final int port;
    private final CountDownLatch following;
    private final CountDownLatch done;
    private final List<Long> latencies = new ArrayList<>();
    private int next = WARM_UP;
    private boolean wrong;

    Follower(int port, CountDownLatch following, CountDownLatch done) {
      this.port = port;
      this.following = following;
      this.done = done;
    }

    boolean right() {
      return !wrong && next == WARM_UP + CHANGES;
    }

    void run() {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        socket
            .getOutputStream()
            .write(
                "GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n"
                    .formatted(port)
                    .getBytes(StandardCharsets.US_ASCII));
        String line = lines.readLine();
        while (line != null && next < WARM_UP + CHANGES) {
          if (line.startsWith("retry:")) {
            following.countDown();
          } else if (line.startsWith("data:") && line.contains("\"override.set\"")) {
            read(line);
          }
          line = lines.readLine();
        }
      } catch (IOException e) {
        wrong = true;
      }
      done.countDown();
    }

    private void read(String data) {
      Instant at = Instant.parse(between(data, "\"time\":\"", "\""));
      latencies.add(Duration.between(at, Instant.now()).toNanos());
      wrong |= !data.contains("change " + next + "\"");
      next++;
    }

    private static String between(String text, String before, String after) {
      int from = text.indexOf(before) + before.length();
      return text.substring(from, text.indexOf(after, from));
    }
  }
}
