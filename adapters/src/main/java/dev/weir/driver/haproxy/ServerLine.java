package dev.weir.driver.haproxy;

import dev.weir.model.Address;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import dev.weir.surround.ServerText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of a backend as Weir writes it. In the file a drained server is {@code disabled} with
 * weight 0 and one in maintenance {@code disabled} with its weight: HAProxy's file knows no drain,
 * and a start must not send traffic to either. The true state is set by socket.
 *
 * @param weight 0 to 256; means nothing while it drains
 * @param options expanded parameters, one line, perhaps empty
 */
record ServerLine(
    String name, Endpoint endpoint, ServerState state, int weight, boolean backup, String options) {

  /** The server that answers while a pool is empty; a colon stands in no member's name. */
  static final String FALLBACK = "weir:fallback";

  private static final int LONGEST_VALUE = 128;
  private static final Pattern UNSAFE_NAME = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern UNSAFE_VALUE = Pattern.compile("[^A-Za-z0-9_.:/@+=,-]");
  private static final Pattern LINE =
      Pattern.compile("  server (\\S+) (\\S+) weight (\\d{1,3})( backup)?( disabled)?(?: (.*))?");

  static ServerLine of(DesiredMember member, ServerText server) {
    String options = server.expand(member, value -> safe(UNSAFE_VALUE, value)).strip();
    return new ServerLine(
        nameOf(member),
        member.endpoint(),
        member.state(),
        member.weight(),
        member.backup(),
        options);
  }

  /** The same with another line's parameters, where there is one. */
  ServerLine withOptionsOf(@Nullable ServerLine other) {
    return other == null
        ? this
        : new ServerLine(name, endpoint, state, weight, backup, other.options());
  }

  /** The member's name as HAProxy has it. */
  static String nameOf(DesiredMember member) {
    return safe(UNSAFE_NAME, member.name());
  }

  /**
   * The server of {@code empty: { fallback: ... }}. It is a backup, so that HAProxy turns to it by
   * itself; beside backups of the pool's own it must wait until Weir enables it.
   */
  static ServerLine fallback(Endpoint endpoint, ServerState state) {
    return new ServerLine(FALLBACK, endpoint, state, 1, true, "");
  }

  /** Never empty: a word that is missing would let HAProxy refuse the whole file. */
  private static String safe(Pattern unsafe, String value) {
    String cut = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
    return cut.isEmpty() ? "_" : unsafe.matcher(cut).replaceAll("_");
  }

  /** The line of the file, without its end. */
  String fileLine() {
    StringBuilder line = new StringBuilder("  server ").append(nameAndAddress());
    line.append(" weight ").append(state == ServerState.DRAIN ? 0 : weight);
    line.append(backup ? " backup" : "").append(state == ServerState.READY ? "" : " disabled");
    return options.isEmpty() ? line.toString() : line.append(' ').append(options).toString();
  }

  /** Reads a line that {@link #fileLine} wrote; empty for any other. */
  static Optional<ServerLine> parse(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      return Optional.empty();
    }
    int weight = Integer.parseInt(m.group(3));
    ServerState disabled = weight == 0 ? ServerState.DRAIN : ServerState.MAINT;
    return endpoint(m.group(2))
        .map(endpoint ->
            new ServerLine(
                m.group(1),
                endpoint,
                m.group(5) == null ? ServerState.READY : disabled,
                weight,
                m.group(4) != null,
                m.group(6) == null ? "" : m.group(6)));
  }

  /** An address as a server line has it; empty for one that is not plain to see. */
  static Optional<Endpoint> endpoint(String text) {
    String path = text.startsWith("unix@") ? text.substring(5) : text;
    String address = path.startsWith("/") ? "unix:" + path : text.replaceFirst("^ipv[46]@", "");
    try {
      return Address.parse(address) instanceof Endpoint endpoint
          ? Optional.of(endpoint)
          : Optional.empty();
    } catch (IllegalArgumentException noneOfOurs) {
      return Optional.empty();
    }
  }

  /** Name and address as both the file and {@code add server} take them. */
  String nameAndAddress() {
    return name + " " + address();
  }

  String address() {
    return address(endpoint);
  }

  /** An address as HAProxy writes it. */
  static String address(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Ip ip -> ip.toString();
      case Endpoint.UnixSocket unix -> "unix@" + unix.path();
    };
  }

  /** The same server in another state. */
  ServerLine in(ServerState other) {
    return new ServerLine(name, endpoint, other, weight, backup, options);
  }

  /** The state in which HAProxy starts with this line of a file. */
  ServerState loaded() {
    return state == ServerState.READY ? ServerState.READY : ServerState.MAINT;
  }

  /** For people: {@code ready weight 1}. */
  String shown() {
    return shown(new ObservedMember(name, endpoint, state, weight, backup));
  }

  /** The same of a server as it runs. */
  static String shown(ObservedMember running) {
    String role = running.backup() ? " backup" : "";
    return running.state() == ServerState.DRAIN
        ? "drain" + role
        : "%s weight %d%s".formatted(running.state().word(), running.weight(), role);
  }
}
