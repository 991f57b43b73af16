package dev.weir.app.takeover;

import dev.weir.model.PoolKind;
import dev.weir.nginxconf.Configuration;
import dev.weir.nginxconf.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Proposes pools from the {@code upstream} blocks of an nginx configuration. */
public final class NginxImport {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private final Path main;
  private final StringBuilder pools = new StringBuilder();
  private final List<String> carried = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StreamTraffic traffic;
  private boolean inStream;

  private NginxImport(Path main, StreamTraffic traffic) {
    this.main = main;
    this.traffic = traffic;
  }

  /**
   * Reads a configuration.
   *
   * @param main nginx's main file
   * @throws IOException when it cannot be read
   * @throws NotImported when it, or a file that it includes, is no configuration of nginx
   */
  public static Proposal of(Path main) throws IOException, NotImported {
    Path file = main.toAbsolutePath().normalize();
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read (expected: nginx's main file)");
    }
    Configuration configuration = Configuration.read(file);
    if (!configuration.broken().isEmpty()) {
      throw new NotImported(configuration.broken());
    }
    NginxImport made = new NginxImport(file, StreamTraffic.of(configuration));
    made.notes.addAll(configuration.problems());
    configuration.upstreams().forEach(made::take);
    return new Proposal(made.yaml(), made.notes);
  }

  private void take(Upstream upstream) {
    String place = "%s:%d".formatted(upstream.file().path(), upstream.directive().line());
    if (!NAME.matcher(upstream.name()).matches() || !names.add(upstream.name())) {
      notes.add(
          "%s: upstream '%s' is left out (expected: one of each name, of A-Z a-z 0-9 _ . -)"
              .formatted(place, upstream.name()));
      return;
    }
    ImportedPool pool = ImportedPool.of(upstream, kind(upstream, place), notes);
    pools.append(pool.yaml());
    carried.add(Scalar.of(upstream.name()));
    notes.add(
        "%s: delete upstream %s when Weir's file is included, nginx takes no two of one name"
            .formatted(place, upstream.name()));
  }

  private PoolKind kind(Upstream upstream, String place) {
    if (upstream.context() == Upstream.Context.HTTP) {
      return PoolKind.HTTP;
    }
    inStream = true;
    if (traffic.isMixed(upstream.name())) {
      notes.add(
          "%s: upstream %s gets connections and datagrams: it becomes a pool of kind tcp"
              .formatted(place, upstream.name()));
    }
    return traffic.kind(upstream.name());
  }

  private String yaml() {
    if (carried.isEmpty()) {
      return "# %s has no upstream.\npools: {}\n".formatted(Scalar.of(main.toString()));
    }
    String http = "/etc/nginx/weir/upstreams.conf";
    String stream = "/etc/nginx/weir/stream/upstreams.conf";
    return """
    # Proposed from %1$s; what to look at was printed beside it.
    # Weir looks and plans, and touches nothing, while 'mode: observe' stands here.
    # Before the first run: include /etc/nginx/weir/*.conf inside http { } of it%2$s.
    pools:
    %3$sproxies:
      edge:
        mode: observe
        nginx:
          upstreams: %4$s
          config: %5$s
        pools: [%6$s]
    """
        .formatted(
            Scalar.of(main.toString()),
            inStream ? ",\n# and /etc/nginx/weir/stream/*.conf inside stream { }" : "",
            pools,
            inStream ? "{ http: %s, stream: %s }".formatted(http, stream) : http,
            Scalar.of(main.toString()),
            String.join(", ", carried));
  }
}
