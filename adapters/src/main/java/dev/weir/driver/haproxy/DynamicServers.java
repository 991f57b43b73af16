package dev.weir.driver.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What HAProxy 2.6 takes in {@code add server}, and what it does not. */
final class DynamicServers {

  /** Parameters that take no value. */
  private static final Set<String> FLAGS =
      Set.of(
          "agent-check",
          "allow-0rtt",
          "check",
          "check-send-proxy",
          "check-ssl",
          "force-sslv3",
          "force-tlsv10",
          "force-tlsv11",
          "force-tlsv12",
          "force-tlsv13",
          "no-send-proxy",
          "no-send-proxy-v2",
          "no-ssl-reuse",
          "no-tfo",
          "no-sslv3",
          "no-tls-tickets",
          "no-tlsv10",
          "no-tlsv11",
          "no-tlsv12",
          "no-tlsv13",
          "send-proxy",
          "send-proxy-v2",
          "send-proxy-v2-ssl",
          "send-proxy-v2-ssl-cn",
          "ssl",
          "tfo",
          "tls-tickets",
          "check-via-socks4");

  /** Parameters that take one value. */
  private static final Set<String> VALUED =
      Set.of(
          "addr",
          "agent-addr",
          "agent-inter",
          "agent-port",
          "agent-send",
          "alpn",
          "ca-file",
          "check-alpn",
          "check-proto",
          "check-sni",
          "ciphers",
          "ciphersuites",
          "crl-file",
          "crt",
          "downinter",
          "error-limit",
          "fall",
          "fastinter",
          "inter",
          "interface",
          "maxconn",
          "maxqueue",
          "minconn",
          "npn",
          "observe",
          "on-error",
          "on-marked-down",
          "on-marked-up",
          "pool-low-conn",
          "pool-max-conn",
          "pool-purge-delay",
          "port",
          "proto",
          "proxy-v2-options",
          "rise",
          "slowstart",
          "sni",
          "source",
          "ssl-max-ver",
          "ssl-min-ver",
          "track",
          "usesrc",
          "verify",
          "verifyhost",
          "ws");

  /** Parameters that mean nothing for a server that Weir adds, and how many values they have. */
  private static final Map<String, Integer> IDLE =
      Map.ofEntries(
          Map.entry("init-addr", 1),
          Map.entry("resolvers", 1),
          Map.entry("resolve-prefer", 1),
          Map.entry("resolve-net", 1),
          Map.entry("resolve-opts", 1),
          Map.entry("weight", 1),
          Map.entry("no-agent-check", 0),
          Map.entry("no-backup", 0),
          Map.entry("no-check", 0),
          Map.entry("no-check-ssl", 0),
          Map.entry("no-send-proxy-v2-ssl", 0),
          Map.entry("no-ssl", 0));

  /** Characters that a command line reads otherwise than a configuration file. */
  private static final String SPECIAL = "\\\"'$;<";

  private static final Set<String> DYNAMIC = Set.of("roundrobin", "leastconn", "first");

  private static final Set<String> HASHES =
      Set.of("source", "uri", "url_param", "hdr", "rdp-cookie", "hash");

  private DynamicServers() {}

  /**
   * Why servers with these parameters cannot be added at run time; empty when they can.
   *
   * @param options parameters as a server line has them
   */
  static Optional<String> refusal(String options) {
    if (options.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
      return Optional.of(
          "its parameters have quotes or other characters that a command cannot say");
    }
    List<String> words = Words.split(options);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (VALUED.contains(word)) {
        i++;
      } else if (!FLAGS.contains(word)) {
        return Optional.of("a dynamic server does not take '" + word + "'");
      }
    }
    return Optional.empty();
  }

  /**
   * The parameters of {@code default-server} lines without those that mean nothing for a server
   * that Weir adds: about host names, since it has an IP, the weight, since it has its own, and
   * what switches off that which is off, or was switched on before.
   */
  static String meaningful(List<String> words) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Integer values = IDLE.get(words.get(i));
      if (values == null) {
        kept.add(words.get(i));
      } else {
        kept.remove(words.get(i).replaceFirst("^no-", ""));
        i += values;
      }
    }
    return String.join(" ", kept);
  }

  /** Whether a server with these parameters has a health check that has to be enabled. */
  static boolean checks(String options) {
    return has(options, "check");
  }

  /** Whether a server with these parameters has an agent check that has to be enabled. */
  static boolean agentChecks(String options) {
    return has(options, "agent-check");
  }

  private static boolean has(String options, String flag) {
    List<String> words = Words.split(options);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(flag)) {
        return true;
      }
      if (VALUED.contains(words.get(i))) {
        i++;
      }
    }
    return false;
  }

  /**
   * Why a backend with this algorithm takes neither other weights nor other servers at run time;
   * empty when it does.
   *
   * @param balance the words of its {@code balance} line; empty for HAProxy's default
   * @param hashType those of its {@code hash-type} line, likewise
   */
  static Optional<String> staticAlgorithm(List<String> balance, List<String> hashType) {
    String algorithm = balance.size() < 2 ? "roundrobin" : balance.get(1);
    String family = algorithm.replaceFirst("\\(.*", "");
    boolean consistent = hashType.size() > 1 && hashType.get(1).equals("consistent");
    boolean dynamic =
        DYNAMIC.contains(family)
            || family.equals("random")
            || (HASHES.contains(family) && consistent);
    return dynamic
        ? Optional.empty()
        : Optional.of(
            Stream.of(
                    "balance",
                    algorithm,
                    HASHES.contains(family) ? "without hash-type consistent" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" ")));
  }
}
