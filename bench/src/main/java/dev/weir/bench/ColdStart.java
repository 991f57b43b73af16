package dev.weir.bench;

import dev.weir.bench.Site.Way;
import dev.weir.bench.WeirProcess.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of the program to the first applied state, ten members, a running nginx. */
record ColdStart() implements Scenario {

  private static final int ROUNDS = 7;

  @Override
  public String name() {
    return "cold-start";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    long ignored =
        onSite(
            checkout,
            (site, members) -> {
              site.members("web", members);
              Archive.make(checkout, site, "web", members);
              return 0;
            });
    for (Mode mode : Mode.values()) {
      long[] nanos = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        nanos[i] = once(checkout, mode);
      }
      report.row(
          "cold start -> ten members served, " + (mode == Mode.PLAIN ? "plain" : "./weir"),
          Samples.of(nanos),
          mode == Mode.PLAIN ? "p50 <= 1800 ms" : "p50 <= 1100 ms");
    }
  }

  private static long once(Path checkout, Mode mode) throws IOException, InterruptedException {
    return onSite(
        checkout,
        (site, members) -> {
          site.members("web", members);
          long start = System.nanoTime();
          site.startWeir(checkout, mode);
          Client.once(site.port());
          return System.nanoTime() - start;
        });
  }

  /** What is done on a site whose proxy runs and has no members yet. */
  private interface Action {
    long on(Site site, List<String> members) throws IOException, InterruptedException;
  }

  private static long onSite(Path checkout, Action action)
      throws IOException, InterruptedException {
    List<Backend> backends = new ArrayList<>();
    try (Site site = new Site(Way.NGINX_RELOAD, List.of("web"), "floor: 1")) {
      for (int i = 0; i < 10; i++) {
        backends.add(new Backend("b" + i));
      }
      site.prepare(checkout);
      site.startProxy();
      return action.on(site, backends.stream().map(Site::member).toList());
    } finally {
      for (Backend backend : backends) {
        backend.close();
      }
    }
  }
}
