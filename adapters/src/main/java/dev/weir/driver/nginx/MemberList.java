package dev.weir.driver.nginx;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The members of one upstream as {@code balancer.lua} takes them: a text that says which version it
 * is.
 *
 * @param upstream whose members these are
 * @param version of the lines, 32 hex digits
 * @param text all of it
 */
record MemberList(String upstream, String version, String text) {

  private static final Pattern LINE =
      Pattern.compile("(\\S+) ([0-9]{1,3}) (ready|drain|maint) (normal|backup) (\\S+)");

  /** What stands in a list in the place of members: it has a name that no member has. */
  private static final String SUBSTITUTE = "(substitute)";

  /** Makes the list of some servers, and of a substitute where none of them is ready. */
  static MemberList of(
      String upstream, List<CarriedServer> servers, Optional<Endpoint> substitute) {
    StringBuilder lines = new StringBuilder();
    servers.forEach(server -> line(lines, server.observed()));
    substitute.ifPresent(endpoint ->
        line(lines, new ObservedMember(SUBSTITUTE, endpoint, ServerState.READY, 1, false)));
    String version = Fingerprint.of(lines.toString()).hex();
    return new MemberList(
        upstream, version, "weir %s %s%s\nend\n".formatted(upstream, version, lines));
  }

  private static void line(StringBuilder lines, ObservedMember member) {
    lines
        .append('\n')
        .append(member.endpoint())
        .append(' ')
        .append(member.weight())
        .append(' ')
        .append(member.state().word())
        .append(member.backup() ? " backup " : " normal ")
        .append(member.name());
  }

  /** The lists in a text, by their upstreams; what is none is left out. */
  static Map<String, MemberList> in(String text) {
    Map<String, MemberList> lists = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf("\nend\n", at);
      if (end < 0) {
        break;
      }
      String list = text.substring(at, end + "\nend\n".length());
      String[] head = list.substring(0, list.indexOf('\n')).split(" ", -1);
      if (head.length == 3 && head[0].equals("weir")) {
        lists.put(head[1], new MemberList(head[1], head[2], list));
      }
      at = end + "\nend\n".length();
    }
    return lists;
  }

  /** Its members, sorted by name, without a substitute. */
  List<ObservedMember> members() {
    List<ObservedMember> members = new ArrayList<>();
    text.lines()
        .skip(1)
        .forEach(line -> {
          Matcher matcher = LINE.matcher(line);
          if (matcher.matches() && !matcher.group(5).equals(SUBSTITUTE)) {
            member(matcher).ifPresent(members::add);
          }
        });
    members.sort(Comparator.comparing(ObservedMember::name));
    return members;
  }

  private static Optional<ObservedMember> member(Matcher line) {
    try {
      return Address.parse(line.group(1)) instanceof Endpoint endpoint
          ? Optional.of(
              new ObservedMember(
                  line.group(5),
                  endpoint,
                  ServerState.valueOf(line.group(3).toUpperCase(Locale.ROOT)),
                  Integer.parseInt(line.group(2)),
                  line.group(4).equals("backup")))
          : Optional.empty();
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}
