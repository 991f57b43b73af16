package dev.weir.app.survey;

import dev.weir.app.config.Listen;
import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.PoolSetConfig;
import dev.weir.app.config.ProxyConfig;
import dev.weir.app.config.SourceConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.PoolId;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceReport;
import dev.weir.net.ServerTls;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.ServerRow;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks at everything that a configuration names and says what is there, is wrong, or will hurt.
 */
public final class Checkup {

  private static final int SHOWN_MEMBERS = 3;

  private final WeirConfig config;
  private final Time time;
  private final List<Remark> remarks = new ArrayList<>();

  public Checkup(WeirConfig config, Time time) {
    this.config = config;
    this.time = time;
  }

  /** What can be said of the configuration without leaving it. */
  public List<Remark> offline() {
    remarks.clear();
    if (config.proxies().isEmpty()) {
      remark(
          "configuration", Finding.warning("no proxy is configured: nothing will be kept in step"));
    }
    config.api().forEach(this::listener);
    for (PoolConfig pool : config.pools()) {
      boolean carried =
          config.proxies().stream().anyMatch(proxy -> proxy.poolIds().contains(pool.id()));
      if (!carried) {
        remark("pool " + pool.id(), Finding.warning("no proxy carries it"));
      }
      publishedPorts(pool);
    }
    for (PoolConfig pool : config.pools()) {
      opened(pool);
    }
    for (PoolSetConfig<?, ?> set : config.sets()) {
      boolean carried =
          config.proxies().stream()
              .flatMap(proxy -> proxy.sets().stream())
              .anyMatch(carriage -> carriage.set().equals(set.name()));
      if (!carried) {
        remark("pool set " + set.name(), Finding.warning("no proxy carries it"));
      }
    }
    return List.copyOf(remarks);
  }

  /** Besides, asks every source once, looks at every proxy and at the state folder. */
  public List<Remark> online() throws InterruptedException {
    offline();
    state(config.state());
    List<SourceConfig<?>> sources = new ArrayList<>();
    config.pools().forEach(pool -> sources.addAll(pool.sources()));
    for (Asked asked : Asked.all(sources, time)) {
      remark("source " + asked.source().name(), told(asked));
      besides(asked.report())
          .forEach(text -> remark("source " + asked.source().name(), Finding.warning(text)));
    }
    List<Sought> found = Sought.all(config.sets(), time);
    for (Sought sought : found) {
      poolSet(sought);
    }
    for (ProxyConfig<?, ?> proxy : Sought.in(config, found).proxies()) {
      proxy(proxy);
    }
    return List.copyOf(remarks);
  }

  private void listener(Listen listen) {
    String part = "api " + listen;
    boolean local =
        switch (listen.endpoint()) {
          case Endpoint.UnixSocket ignored -> true;
          case Endpoint.Ip ip -> ip.ip().isLoopbackAddress();
        };
    if (!local && listen.tls().isEmpty()) {
      remark(
          part,
          Finding.error(
              "can be reached from other machines and has no TLS; weir run refuses to start"
                  + " without --insecure"));
    }
    try {
      if (listen.tls().isPresent()) {
        ServerTls tls = ServerTls.open(listen.tls().get().files());
        remark(part, Finding.ok("TLS, its certificate holds until " + tls.until()));
      }
    } catch (IOException e) {
      remark(part, Finding.error("tls: " + e.getMessage()));
    }
  }

  /** Says which pools there are, and how many members they have together. */
  private void poolSet(Sought sought) throws InterruptedException {
    String part = "pool set " + sought.set().name();
    boolean optional = sought.set().each().need() == SourceConfig.Need.OPTIONAL;
    switch (sought.report()) {
      case PoolsReport.Unavailable unavailable -> {
        String text = "could not look: " + unavailable.reason();
        remark(part, optional ? Finding.warning(text + " (it is optional)") : Finding.error(text));
      }
      case PoolsReport.Complete complete -> {
        List<PoolConfig> pools = sought.pools();
        remark(part, Finding.ok(poolsFound(pools, sought)));
        complete.remarks().forEach(text -> remark(part, Finding.warning(text)));
        if (complete.pools().size() > pools.size()) {
          remark(
              part,
              Finding.warning(
                  "%d more pools than limit: %d allows are left out"
                      .formatted(complete.pools().size() - pools.size(), pools.size())));
        }
      }
    }
  }

  private String poolsFound(List<PoolConfig> pools, Sought sought) throws InterruptedException {
    List<SourceConfig<?>> sources = new ArrayList<>();
    pools.forEach(pool -> sources.addAll(pool.sources()));
    int members = 0;
    for (Asked asked : Asked.all(sources, time)) {
      switch (asked.report()) {
        case SourceReport.Complete complete -> members += complete.members().size();
        case SourceReport.Unavailable unavailable ->
            remark("source " + asked.source().name(), told(asked));
      }
      besides(asked.report())
          .forEach(text -> remark("source " + asked.source().name(), Finding.warning(text)));
    }
    String first =
        pools.stream()
            .limit(SHOWN_MEMBERS)
            .map(pool -> pool.id().value())
            .collect(Collectors.joining(", "));
    String shown = pools.size() > SHOWN_MEMBERS ? first + ", ..." : first;
    return "%d pools%s in %d ms, with %d members"
        .formatted(
            pools.size(),
            pools.isEmpty() ? "" : " (" + shown + ")",
            sought.took().toMillis(),
            members);
  }

  /** A connection to a port that Docker publishes succeeds with nothing behind it. */
  private void publishedPorts(PoolConfig pool) {
    boolean tcp = pool.check().filter(check -> check.type().name().equals("tcp")).isPresent();
    boolean published = pool.sources().stream().anyMatch(source -> source.entry().connectsInVain());
    if (tcp && published) {
      remark(
          "pool " + pool.id(),
          Finding.warning(
              "check: tcp proves nothing of a port that Docker publishes: Docker itself accepts the"
                  + " connection, also with nothing behind it (better: check: { http: /path })"));
    }
  }

  private void opened(PoolConfig pool) {
    if (pool.check().isPresent()) {
      try {
        pool.check().get().open(time);
      } catch (SetupException e) {
        remark("pool " + pool.id(), Finding.error("its check: " + e.getMessage()));
      }
    }
  }

  private void state(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    boolean usable = existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
    remark(
        "state " + folder,
        usable
            ? Finding.ok(Files.exists(folder) ? "can be written" : "can be created")
            : Finding.error("cannot be written (let the user that runs Weir write there)"));
  }

  private static Finding told(Asked asked) {
    String need =
        asked.source().entry().need() == SourceConfig.Need.REQUIRED ? "" : " (it is optional)";
    return switch (asked.report()) {
      case SourceReport.Complete complete ->
          Finding.ok(
              "%s in %d ms%s"
                  .formatted(members(complete.members()), asked.took().toMillis(), need));
      case SourceReport.Unavailable unavailable ->
          need.isEmpty()
              ? Finding.error("could not look: " + unavailable.reason())
              : Finding.warning("could not look: " + unavailable.reason() + need);
    };
  }

  private static List<String> besides(SourceReport report) {
    return switch (report) {
      case SourceReport.Complete complete -> complete.remarks();
      case SourceReport.Unavailable unavailable -> List.of();
    };
  }

  private static String members(List<Member> members) {
    String first =
        members.stream()
            .limit(SHOWN_MEMBERS)
            .map(member -> member.address().toString())
            .collect(Collectors.joining(", "));
    String count = members.size() == 1 ? "1 member" : members.size() + " members";
    return switch (members.size()) {
      case 0 -> "no members";
      case 1, 2, SHOWN_MEMBERS -> count + " (" + first + ")";
      default -> count + " (" + first + ", ...)";
    };
  }

  private void proxy(ProxyConfig<?, ?> proxy) throws InterruptedException {
    String part = "proxy " + proxy.name();
    Path state = config.state().resolve("proxies").resolve(proxy.name().value());
    try (ProxyDriver driver = proxy.open(state, time, ProxyDriverType.Access.LOOK)) {
      driver.inspect().forEach(finding -> remark(part, finding));
      for (PoolConfig pool : config.pools()) {
        if (pool.policy().proxyCheck().isPresent() && proxy.poolIds().contains(pool.id())) {
          checkedBy(driver, part, pool.id());
        }
      }
    } catch (SetupException e) {
      remark(part, Finding.error(String.valueOf(e.getMessage())));
    }
  }

  /** Whether a proxy that is to check a pool does. One that cannot be asked has been told of. */
  private void checkedBy(ProxyDriver driver, String part, PoolId pool) throws InterruptedException {
    try {
      List<ServerRow> rows = driver.rows(pool);
      if (!rows.isEmpty() && rows.stream().allMatch(row -> row.check().isEmpty())) {
        remark(
            part,
            Finding.warning(
                "pool %s: check: proxy, but the proxy checks none of its servers".formatted(pool)
                    + " (expected: check in its server parameters, or in default-server)"));
      }
    } catch (IOException silent) {
      // the inspection has said so
    }
  }

  private void remark(String part, Finding finding) {
    remarks.add(new Remark(part, finding));
  }
}
