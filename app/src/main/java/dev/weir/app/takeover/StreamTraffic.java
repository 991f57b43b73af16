package dev.weir.app.takeover;

import dev.weir.model.PoolKind;
import dev.weir.nginxconf.Configuration;
import dev.weir.nginxconf.Directive;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the servers of an nginx configuration pass on to each upstream of {@code stream}. */
final class StreamTraffic {

  private final Set<String> connections = new HashSet<>();
  private final Set<String> datagrams = new HashSet<>();

  private StreamTraffic() {}

  /** Of all files of a configuration, whatever file includes which. */
  static StreamTraffic of(Configuration configuration) {
    StreamTraffic traffic = new StreamTraffic();
    configuration.files().forEach(file -> traffic.read(file.conf().directives()));
    return traffic;
  }

  private void read(List<Directive> directives) {
    for (Directive directive : directives) {
      if (directive.name().equals("server") && directive.hasBlock()) {
        server(directive.block());
      }
      read(directive.block());
    }
  }

  /** Only in {@code stream} is the name of an upstream all that is passed to. */
  private void server(List<Directive> inside) {
    for (Directive directive : inside) {
      if (directive.name().equals("proxy_pass") && directive.words().size() == 2) {
        String upstream = directive.arguments().getFirst();
        for (Directive listen : inside) {
          if (listen.name().equals("listen")) {
            (listen.arguments().contains("udp") ? datagrams : connections).add(upstream);
          }
        }
      }
    }
  }

  /** Datagrams where it gets nothing else. */
  PoolKind kind(String upstream) {
    return datagrams.contains(upstream) && !connections.contains(upstream)
        ? PoolKind.UDP
        : PoolKind.TCP;
  }

  /** Whether it gets both. */
  boolean isMixed(String upstream) {
    return datagrams.contains(upstream) && connections.contains(upstream);
  }
}
