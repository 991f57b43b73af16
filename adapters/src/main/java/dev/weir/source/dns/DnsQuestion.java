package dev.weir.source.dns;

import dev.weir.model.Endpoint;
import java.time.Duration;
import java.util.List;

/**
 * What is asked for, of whom and how often.
 *
 * @param name absolute, without a dot at its end
 * @param port of the members; 0 for records that say it themselves
 * @param servers asked in this order; none: those of the machine
 */
public record DnsQuestion(
    String name, Kind kind, int port, List<Endpoint.Ip> servers, Rhythm rhythm) {

  /** A kind of record. */
  public enum Kind {
    /** IPv4 addresses. */
    A,
    /** IPv6 addresses. */
    AAAA,
    /** Hosts with ports, priorities and weights. */
    SRV
  }

  /**
   * When it is asked.
   *
   * @param soonest no sooner after an answer, whatever its time to live
   * @param latest no later
   * @param timeout for one answer of one server
   */
  public record Rhythm(Duration soonest, Duration latest, Duration timeout) {
    public Rhythm {
      if (!soonest.isPositive() || latest.compareTo(soonest) < 0 || !timeout.isPositive()) {
        throw new IllegalArgumentException(
            "min_ttl, max_ttl, timeout: 0s, or max_ttl below min_ttl (expected: more than 0s, and"
                + " max_ttl not below min_ttl)");
      }
    }
  }

  public DnsQuestion {
    servers = List.copyOf(servers);
    if ((port == 0) != (kind == Kind.SRV)) {
      throw new IllegalArgumentException(
          kind == Kind.SRV
              ? "port has no meaning here (expected: only with type a or aaaa)"
              : "port is missing (expected: the port that the members listen on)");
    }
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
