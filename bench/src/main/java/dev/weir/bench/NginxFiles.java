package dev.weir.bench;

import dev.weir.driver.nginx.Confirm;
import dev.weir.driver.nginx.NginxOptions;
import dev.weir.driver.nginx.NginxType;
import dev.weir.handwritten.Edits;
import dev.weir.handwritten.FileText;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.nginxconf.ConfFile;
import dev.weir.nginxconf.Configuration;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an nginx, without an nginx: a configuration of 5 MB in 50 files is read, and every
 * file written back beside itself, byte for byte; and one member among 10,000 in a file of the
 * user's changes its weight, from the look to the text in force, where a program that does nothing
 * stands for nginx's own check. The first of each is told apart: it is what a fresh process pays.
 */
record NginxFiles() implements Scenario {

  private static final int FILES = 50;
  private static final int UPSTREAMS = 45;
  private static final int MEMBERS = 10_000;
  private static final int ROUNDS = 31;
  private static final PoolId POOL = new PoolId("web");

  @Override
  public String name() {
    return "files-nginx";
  }

  @Override
  public void measure(Path checkout, Report report) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("weir-bench-");
    try {
      tree(folder, report);
      edit(folder, report);
    } catch (SetupException e) {
      throw new IOException(e);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static void tree(Path folder, Report report) throws IOException {
    Path main = folder.resolve("nginx.conf");
    Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(main, "events { }\nhttp {\n  include conf.d/*.conf;\n}\n");
    for (int file = 0; file < FILES; file++) {
      Files.writeString(folder.resolve("conf.d/f%d.conf".formatted(file)), upstreams(file));
    }
    long bytes = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(path);
      }
    }
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      readAndWriteBack(main);
      nanos[round] = System.nanoTime() - start;
    }
    String what = "nginx, %.1f MB in %d files: read and written back".formatted(bytes / 1e6, FILES);
    report.row(what + ", the first time", Samples.of(new long[] {nanos[0]}), "<= 300 ms");
    report.row(what, Samples.of(Arrays.copyOfRange(nanos, 1, ROUNDS)), "<= 300 ms");
  }

  private static void readAndWriteBack(Path main) throws IOException {
    Configuration configuration = Configuration.read(main);
    for (ConfFile file : configuration.files()) {
      byte[] before = Files.readAllBytes(file.path());
      String text = new Edits(file.conf().text()).apply();
      byte[] after = FileText.encoded(text, before);
      if (!Arrays.equals(before, after)) {
        throw new IOException(file.path() + " came back changed");
      }
      Files.write(file.path().resolveSibling(file.path().getFileName() + ".new"), after);
    }
    if (configuration.upstreams().size() != FILES * UPSTREAMS) {
      throw new IOException("upstreams: " + configuration.upstreams().size());
    }
  }

  private static String upstreams(int file) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < UPSTREAMS; n++) {
      text.append("upstream app_%d_%d { # of team %d\n".formatted(file, n, n % 7));
      text.append("    least_conn;\n    keepalive 32;\n");
      for (int member = 0; member < 40; member++) {
        text.append(
            "    server 10.%d.%d.%d:8080 max_fails=2 fail_timeout=5s;\n"
                .formatted(file, n, member + 1));
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private static void edit(Path folder, Report report)
      throws IOException, SetupException, InterruptedException {
    Path file = folder.resolve("web.conf");
    StringBuilder text = new StringBuilder("upstream web {\n");
    for (int n = 0; n < MEMBERS; n++) {
      text.append("    server %s max_fails=2; # rack %d\n".formatted(address(n), n % 9));
    }
    Files.writeString(file, text.append("}\n"));
    Files.writeString(folder.resolve("edit.conf"), "http { include web.conf; }\n");
    long[] nanos = new long[ROUNDS];
    try (ProxyDriver driver = driver(folder, file)) {
      for (int round = 0; round < ROUNDS; round++) {
        DesiredState desired = state(2 + round % 2);
        long start = System.nanoTime();
        Outcome outcome = driver.apply(driver.plan(desired, driver.observe(Set.of(POOL))));
        nanos[round] = System.nanoTime() - start;
        if (!(outcome instanceof Outcome.Applied)) {
          throw new IOException("not applied: " + outcome);
        }
      }
    }
    String what = "nginx, one of 10,000 members edited in place";
    report.row(what + ", the first time", Samples.of(new long[] {nanos[0]}), "");
    report.row(what, Samples.of(Arrays.copyOfRange(nanos, 1, ROUNDS)), "<= 50 ms");
  }

  private static ProxyDriver driver(Path folder, Path file) throws IOException, SetupException {
    Endpoint.Ip confirm = new Endpoint.Ip(InetAddress.ofLiteral("127.0.0.1"), FreePorts.one());
    NginxOptions options =
        new NginxOptions(
            folder.resolve("weir.conf"),
            Optional.empty(),
            List.of(file.toString()),
            Optional.empty(),
            folder.resolve("edit.conf"),
            "/bin/true",
            folder.resolve("nginx.pid"),
            new Confirm(confirm, confirm),
            NginxOptions.Update.RELOAD,
            new ReloadWay.Signal());
    return new NginxType()
        .open(
            options,
            new Context<>(
                new ProxyName("edge"),
                List.of(new Carried<>(POOL, POOL.value(), new NginxType().defaultSurroundings())),
                Files.createDirectories(folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE));
  }

  private static DesiredState state(int weight) {
    List<DesiredMember> members = new ArrayList<>();
    for (int n = 0; n < MEMBERS; n++) {
      Endpoint.Ip at = endpoint(n);
      members.add(
          new DesiredMember(
              new MemberId(POOL, at),
              "m" + n,
              at,
              ServerState.READY,
              n == MEMBERS / 2 ? weight : 1,
              false,
              new TreeMap<>(),
              new Because(Because.Cause.DISCOVERED, "a benchmark says so")));
    }
    return DesiredState.of(
        1, List.of(DesiredPool.of(POOL, members, List.of(), EmptyPolicy.DEFAULT)));
  }

  private static String address(int number) {
    return "10.%d.%d.%d:8080".formatted(number >> 16, number >> 8 & 255, number & 255);
  }

  private static Endpoint.Ip endpoint(int number) {
    String address = address(number);
    return new Endpoint.Ip(InetAddress.ofLiteral(address.substring(0, address.indexOf(':'))), 8080);
  }
}
