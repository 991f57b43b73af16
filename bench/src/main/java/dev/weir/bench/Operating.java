package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What somebody who operates Weir waits for, with HAProxy at run time: a decision until it is
 * durable and until HAProxy has confirmed it, a command from its start to its last line, and the
 * list of a pool with 10,000 members. Members are not checked, so that nothing has to listen.
 */
record Operating() implements Scenario {

  private static final int SMALL = 10;
  private static final int BIG = 10_000;
  private static final int WARM_UP = 200;
  private static final int DECISIONS = 200;
  private static final int COMMANDS = 21;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "operating";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), "drain: { grace: 0s }")) {
      begin(checkout, site, SMALL);
      ApiSocket api = new ApiSocket(site.folder().resolve("api.sock"));
      var _ = decisions(api, "", WARM_UP);
      var _ = decisions(api, "?wait=10s", WARM_UP);
      report.row(
          "a decision -> durable and acknowledged", decisions(api, "", DECISIONS), "p50 <= 5 ms");
      report.row(
          "a decision with wait -> confirmed by HAProxy",
          decisions(api, "?wait=10s", DECISIONS),
          "p50 <= 15 ms");
      report.row(
          "weir members web, start to end",
          commands(checkout, site, List.of("members", "web")),
          "p50 <= 250 ms");
      report.row(
          "weir disable and enable --wait, start to end",
          disableAndEnable(checkout, site),
          "a client's start + 15 ms");
    }
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), "drain: { grace: 0s }")) {
      begin(checkout, site, BIG);
      report.row("GET of a pool with 10,000 members", gets(site), "p50 <= 30 ms");
    }
  }

  private static void begin(Path checkout, Site site, int members)
      throws IOException, InterruptedException {
    site.members(
        "web",
        IntStream.range(0, members)
            .mapToObj(n -> "b%d=127.0.%d.%d:80".formatted(n, 1 + n / 250, 1 + n % 250))
            .toList());
    site.prepare(checkout);
    var _ = site.startProxy();
    var _ = site.startWeir(checkout, Mode.LAUNCHER);
  }

  /** Takes a member out and puts it back, again and again. */
  private static Samples decisions(ApiSocket api, String query, int count) throws IOException {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      String state = i % 2 == 0 ? "maint" : "ready";
      long start = System.nanoTime();
      var _ =
          api.send(
              "PATCH", "/v1/pools/web/members/b1" + query, "{\"state\":\"%s\"}".formatted(state));
      nanos[i] = System.nanoTime() - start;
    }
    return Samples.of(nanos);
  }

  private static Samples commands(Path checkout, Site site, List<String> words)
      throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      var _ = command(checkout, site, words); // the first makes the archive of classes
    }
    long[] nanos = new long[COMMANDS];
    for (int i = 0; i < COMMANDS; i++) {
      nanos[i] = command(checkout, site, words);
    }
    return Samples.of(nanos);
  }

  private static Samples disableAndEnable(Path checkout, Site site)
      throws IOException, InterruptedException {
    long[] nanos = new long[COMMANDS];
    for (int i = 0; i < COMMANDS; i++) {
      String verb = i % 2 == 0 ? "disable" : "enable";
      nanos[i] = command(checkout, site, List.of(verb, "web", "b1", "--wait"));
    }
    return Samples.of(nanos);
  }

  private static long command(Path checkout, Site site, List<String> words)
      throws IOException, InterruptedException {
    String server = "unix:" + site.folder().resolve("api.sock");
    List<String> command =
        Stream.of(List.of(checkout.resolve("weir").toString()), words, List.of("--server", server))
            .flatMap(List::stream)
            .toList();
    long start = System.nanoTime();
    try (Started client = Started.start("client", site.folder(), command)) {
      int code = client.awaitExit(PATIENCE);
      long took = System.nanoTime() - start;
      if (code != 0) {
        throw new IOException("%s ended with %d: %s".formatted(words, code, client.log()));
      }
      return took;
    }
  }

  private static Samples gets(Site site) throws IOException {
    String target = "/v1/pools/web/members?limit=10000";
    for (int i = 0; i < 60; i++) {
      String ignored = site.get(target);
    }
    long[] nanos = new long[COMMANDS];
    for (int i = 0; i < COMMANDS; i++) {
      long start = System.nanoTime();
      String answer = site.get(target);
      nanos[i] = System.nanoTime() - start;
      if (!answer.contains("\"name\":\"b9999\"")) {
        throw new IOException("not all members: " + answer.length() + " characters");
      }
    }
    return Samples.of(nanos);
  }
}
