package dev.weir.driver.nginx;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.ProxyName;
import java.util.List;

/**
 * Writes Weir's file for {@code stream}: the sections of pools that are not of HTTP, and a server
 * that says, as the confirm server does for {@code http}, which content nginx runs.
 *
 * @param at where that server listens
 */
record StreamText(ProxyName proxy, Endpoint.Ip at) {

  /** Beside the confirm listener, on its port: no status is written so. */
  private static final String ADDRESS = "127.7.0.1";

  static StreamText of(ProxyName proxy, NginxOptions options) {
    return new StreamText(proxy, listener(options));
  }

  /** Where nginx answers in {@code stream}. */
  static Endpoint.Ip listener(NginxOptions options) {
    return (Endpoint.Ip) Address.parse(ADDRESS + ":" + options.confirm().listen().port());
  }

  /** All but sections and fingerprint. */
  String frame() {
    return head() + server("");
  }

  String of(List<Section> sections, Fingerprint fingerprint) {
    StringBuilder text = new StringBuilder(head());
    for (Section section : sections) {
      if (!section.text().isEmpty()) {
        text.append('\n').append(section.text());
      }
    }
    return text.append('\n').append(server(fingerprint.hex())).toString();
  }

  private String head() {
    return """
    # The upstreams of proxy %s in stream, kept by Weir. Changes made here are overwritten.
    # Include this file inside stream { }.
    """
        .formatted(proxy.value());
  }

  private String server(String fingerprint) {
    return """
    server {
        listen %s;
        access_log off;
        return "weir %s $nginx_version $pid\\n";
    }
    """
        .formatted(at, fingerprint);
  }
}
