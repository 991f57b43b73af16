package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a second through Weir's balancer against those through a static {@code upstream} with a
 * {@code zone}, in the same nginx, to the same members, by the same clients ({@code wrk}, kept
 * connections). The members are servers of that nginx too. Both are asked in turns, so that what
 * else goes on meets both; the ratio is that of the medians.
 */
record Throughput() implements Scenario {

  private static final Duration EACH = Duration.ofSeconds(4);
  private static final int TURNS = 5;
  private static final int CLIENTS = 32;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  @Override
  public String name() {
    return "throughput-nginx-live";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    try (Site site =
        new Site(Way.NGINX_LIVE, List.of("web"), "nginx: { directives: [keepalive 64] }")) {
      List<Integer> ports = site.sameInStatic();
      site.members(
          "web", List.of("one=127.0.0.1:" + ports.get(1), "two=127.0.0.1:" + ports.get(2)));
      site.prepare(checkout);
      site.startProxy();
      var _ = site.startWeir(checkout, Mode.LAUNCHER);
      List<Double> live = new ArrayList<>();
      List<Double> fixed = new ArrayList<>();
      rate(site.port());
      rate(ports.get(0));
      for (int turn = 0; turn < TURNS; turn++) {
        live.add(rate(site.port()));
        fixed.add(rate(ports.get(0)));
      }
      report.row("nginx, static upstream with zone: requests a second", median(fixed), "");
      report.row("nginx, Weir's balancer: requests a second", median(live), "");
      report.row(
          "nginx, Weir's balancer against a static upstream",
          String.format(Locale.ROOT, "%.3f", median(live) / median(fixed)),
          ">= 0.97");
    }
  }

  private static double rate(int port) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "wrk",
            "-t1",
            "-c" + CLIENTS,
            "-d" + EACH.toSeconds() + "s",
            "http://127.0.0.1:" + port + "/");
    ProgramResult result = Programs.run(command, EACH.multipliedBy(5));
    if (result instanceof Exited exited && exited.succeeded()) {
      Matcher rate = RATE.matcher(exited.output().out());
      if (rate.find() && !exited.output().out().contains("Non-2xx")) {
        return Double.parseDouble(rate.group(1));
      }
    }
    throw new IOException("wrk: " + result);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
