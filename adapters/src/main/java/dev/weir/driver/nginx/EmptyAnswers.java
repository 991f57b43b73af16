package dev.weir.driver.nginx;

import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Servers in Weir's file that answer for empty pools, one for each status.
 *
 * <p>nginx answers 502 for an upstream whose servers are all down, and a section without servers is
 * refused. So an empty pool gets one server that says its status. The request that reaches it may
 * carry any host and path, so each status has an address of its own: the port of the confirm
 * listener at {@code 127.7.X.YZ}, where XYZ is the status. No other port is needed.
 *
 * @param port of the confirm listener
 */
record EmptyAnswers(int port) {

  static final EmptyPolicy.Status DEFAULT = new EmptyPolicy.Status(503);

  /** Where the status is answered. */
  Endpoint.Ip address(EmptyPolicy.Status status) {
    return new Endpoint.Ip(
        InetAddress.ofLiteral("127.7.%d.%d".formatted(status.code() / 100, status.code() % 100)),
        port);
  }

  /**
   * The servers for these pools. They are there before a pool is empty, so that a listener that
   * cannot be had is found out at once and not in an emergency.
   *
   * @param always wanted whatever the pools say
   */
  String servers(Collection<DesiredPool> pools, Set<EmptyPolicy.Status> always) {
    SortedSet<Integer> codes = new TreeSet<>();
    always.forEach(status -> codes.add(status.code()));
    for (DesiredPool pool : pools) {
      switch (pool.empty()) {
        case EmptyPolicy.Status status -> codes.add(status.code());
        case EmptyPolicy.Keep keep -> codes.add(DEFAULT.code());
        case EmptyPolicy.Fallback fallback -> {}
      }
    }
    return codes.stream()
        .map(EmptyPolicy.Status::new)
        .map(this::server)
        .collect(Collectors.joining());
  }

  /**
   * What is set around http applies here too, unless it is overruled: an {@code error_page} to a
   * location that this server does not have would make it a 500, and requests that the user's
   * servers let through must not be too large for this one.
   */
  private String server(EmptyPolicy.Status status) {
    return """
    server {
        listen %s default_server;
        access_log off;
        error_page 300 /;
        large_client_header_buffers 8 64k;
        return %d;
    }
    """
        .formatted(address(status), status.code());
  }
}
