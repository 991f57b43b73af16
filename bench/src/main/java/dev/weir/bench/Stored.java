package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A member is put into etcd, or deleted there, in a calm time; somebody else asks HAProxy until it
 * says that the server serves, or does not any more. From the start of the put, which is part of
 * the time, to that answer.
 */
record Stored() implements Scenario {

  private static final int PAIRS = 25;
  private static final Duration CALM = Duration.ofMillis(600);

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    try (Site site = new Site(Way.HAPROXY_LIVE, List.of("web"), "guard: { max_loss: 100% }");
        Backend a = new Backend("a");
        Backend b = new Backend("b");
        Etcd etcd = new Etcd(site.folder())) {
      site.configure(text ->
          text.replaceFirst(
              "\\{ file: '[^']*' }",
              "{ etcd: { endpoints: ['%s'], prefix: /web } }".formatted(etcd.endpoint())));
      etcd.put("/web/a", a.address());
      etcd.put("/web/b", b.address());
      site.prepare(checkout);
      site.startProxy();
      site.startWeir(checkout, Mode.LAUNCHER);
      long[] nanos = new long[2 * PAIRS];
      try (Backend extra = new Backend("extra")) {
        for (int i = 0; i < nanos.length; i += 2) {
          Thread.sleep(CALM);
          long put = System.nanoTime();
          etcd.put("/web/extra", extra.address());
          nanos[i] = until(site, true, put);
          Thread.sleep(CALM);
          long deleted = System.nanoTime();
          etcd.delete("/web/extra");
          nanos[i + 1] = until(site, false, deleted);
        }
      }
      report.row(
          "etcd v3: put or delete -> HAProxy's state read back by somebody else",
          Samples.of(nanos),
          "p50 <= 10 ms");
    }
  }

  private static long until(Site site, Boolean serving, long start) throws IOException {
    while (serving != HaproxySocket.serves(site.socket(), "web", "extra")) {
      if (System.nanoTime() - start > Duration.ofSeconds(20).toNanos()) {
        throw new IOException("the state never changed");
      }
    }
    return System.nanoTime() - start;
  }
}
