package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.surround.ServerText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which server line of a user's section stands for which member. A line belongs to a member by its
 * address, whoever wrote it, and keeps its name and parameters; a line of Weir's also by its name,
 * when the member has moved. Pure; used once.
 */
final class Adoption {

  private static final int DIGITS = 6;

  private final Section now;
  private final Map<String, DesiredMember> byServer = new LinkedHashMap<>();
  private final List<DesiredMember> newcomers = new ArrayList<>();

  private Adoption(Section now) {
    this.now = now;
  }

  /**
   * Matches members with lines.
   *
   * @param now the section as it stands in the file
   */
  static Adoption of(Section now, List<DesiredMember> members) {
    Adoption made = new Adoption(now);
    Map<Endpoint, List<ServerLine>> at = new HashMap<>();
    made.lines()
        .forEach(line -> at.computeIfAbsent(line.endpoint(), e -> new ArrayList<>()).add(line));
    List<DesiredMember> left = new ArrayList<>();
    for (DesiredMember member : members.stream().sorted().toList()) {
      List<ServerLine> here = at.getOrDefault(member.endpoint(), List.of());
      if (here.isEmpty()) {
        left.add(member);
      } else {
        made.byServer.put(here.removeFirst().name(), member);
      }
    }
    left.forEach(made::byName);
    return made;
  }

  /** Weir's first, then those that it may take over; slots and the fallback are neither. */
  private List<ServerLine> lines() {
    List<ServerLine> lines = new ArrayList<>(now.servers().values());
    now.users().plain().values().stream()
        .sorted(Comparator.comparing(ServerLine::name))
        .forEach(lines::add);
    lines.removeIf(line -> Slots.isSlot(line.name()) || line.name().equals(ServerLine.FALLBACK));
    return lines;
  }

  private void byName(DesiredMember member) {
    String name = ServerLine.nameOf(member);
    if (now.servers().containsKey(name) && !byServer.containsKey(name)) {
      byServer.put(name, member);
    } else {
      newcomers.add(member);
    }
  }

  /** Members that no line stands for. */
  List<DesiredMember> newcomers() {
    return newcomers;
  }

  /** Gives every newcomer a line of its own; a name that the user has used gets a tail. */
  Adoption named() {
    Set<String> taken = new HashSet<>(byServer.keySet());
    for (DesiredMember member : newcomers) {
      String name = ServerLine.nameOf(member);
      String free = taken.contains(name) || now.users().have(name) ? name + tail(member) : name;
      taken.add(free);
      byServer.put(free, member);
    }
    newcomers.clear();
    return this;
  }

  private static String tail(DesiredMember member) {
    return "_" + Fingerprint.of(member.id().address().toString()).hex().substring(0, DIGITS);
  }

  /** The members by the names of their servers. */
  Map<String, DesiredMember> members() {
    return byServer;
  }

  /**
   * The lines as they shall be, by name.
   *
   * @param server parameters of those that come
   */
  List<ServerLine> servers(ServerText server) {
    List<ServerLine> servers = new ArrayList<>();
    byServer.forEach((name, member) -> servers.add(line(name, member, server)));
    servers.sort(Comparator.comparing(ServerLine::name));
    return servers;
  }

  private ServerLine line(String name, DesiredMember member, ServerText server) {
    ServerLine fresh = ServerLine.of(member, server);
    ServerLine line =
        new ServerLine(
            name,
            member.endpoint(),
            member.state(),
            member.weight(),
            member.backup(),
            fresh.options());
    return line.withOptionsOf(now.find(name));
  }
}
