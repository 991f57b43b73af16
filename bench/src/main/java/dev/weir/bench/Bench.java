package dev.weir.bench;

import dev.weir.bench.Site.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs end-to-end benchmarks against real proxies: {@code bench/run [--out FILE] [SCENARIO...]}.
 * Without a name, all of them.
 */
public final class Bench {

  private static final List<Scenario> ALL =
      List.of(
          new Limits(),
          new Latency(Way.HAPROXY_LIVE),
          new Latency(Way.NGINX_LIVE),
          new Latency(Way.NGINX_RELOAD),
          new Latency(Way.HAPROXY_RELOAD),
          new Churn(Way.HAPROXY_LIVE),
          new Churn(Way.NGINX_LIVE),
          new Churn(Way.NGINX_RELOAD),
          new Churn(Way.HAPROXY_RELOAD),
          new LiveLoad(),
          new Crowd(),
          new NginxFiles(),
          new Throughput(),
          new Killed(),
          new Scale(Way.HAPROXY_LIVE),
          new Scale(Way.NGINX_LIVE),
          new Scale(Way.NGINX_RELOAD),
          new Stored(),
          new ManyPools(),
          new Burst("roundrobin", 10),
          new Burst("roundrobin", 1000),
          new Burst("roundrobin", 10_000),
          new Burst("static-rr", 10),
          new Burst("static-rr", 1000),
          new Stale(),
          new Kills(),
          new Drains(),
          new Operating(),
          new Followers(),
          new ColdStart(),
          new Idle(100),
          new Idle(1000));

  private Bench() {}

  /** The first argument is the checkout's root. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path checkout = Path.of(args[0]).toAbsolutePath();
    List<String> words = Arrays.asList(args).subList(1, args.length);
    int out = words.indexOf("--out");
    List<String> names = out < 0 ? words : words.subList(0, out);
    List<String> unknown =
        names.stream().filter(name -> ALL.stream().noneMatch(s -> s.name().equals(name))).toList();
    if (!unknown.isEmpty()) {
      System.err.printf(
          "scenario: %s (expected: %s)%n",
          String.join(", ", unknown), String.join(", ", ALL.stream().map(Scenario::name).toList()));
      System.exit(2);
    }
    Report report = new Report(System.out);
    for (Scenario scenario : ALL) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        scenario.measure(checkout, report);
      }
    }
    if (out >= 0) {
      report.write(Path.of(words.get(out + 1)));
    }
  }
}
