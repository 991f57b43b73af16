package dev.weir.driver.nginx;

import dev.weir.model.Because.Cause;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.Fingerprint;
import dev.weir.model.PoolKind;
import dev.weir.model.ServerState;
import dev.weir.spi.ProxyDriverType.Carried;
import java.util.List;
import java.util.Optional;

/**
 * One {@code upstream} section: a pool as nginx carries it.
 *
 * <p>Ready members stand in it, and those that an operator took out, as {@code down} with a comment
 * that says which it is (as do adopted ones that were out before). All others are left out at once:
 * a member that departs costs one reload, not one for its drain and one for its end.
 *
 * @param pool what it was made from
 * @param servers sorted as their pool
 * @param text the whole section, with its last line end
 * @param fingerprint of the text
 * @param list the members, where Weir's balancer has them and not the text
 */
record Section(
    DesiredPool pool,
    List<CarriedServer> servers,
    String text,
    Fingerprint fingerprint,
    Optional<MemberList> list) {

  Section {
    servers = List.copyOf(servers);
  }

  static Section of(DesiredPool pool, Carried<NginxSurroundings> carried, EmptyAnswers answers) {
    NginxSurroundings around = carried.surroundings();
    List<CarriedServer> servers =
        servers(pool).stream()
            .filter(server -> !server.backup() || !around.refusesBackup())
            .toList();
    StringBuilder text = new StringBuilder();
    text.append(opening(carried.as()));
    around.directives().forEach(directive -> line(text, directive));
    servers.forEach(server -> line(text, server.line(around)));
    Substitute.of(pool, carried.kind(), answers)
        .ifPresent(server -> line(text, server.line("(" + server.why() + ")")));
    String whole = text.append("}\n").toString();
    return new Section(pool, servers, whole, Fingerprint.of(whole), Optional.empty());
  }

  /** The same with the members in a list of their own, for Weir's balancer. */
  static Section live(
      DesiredPool pool, String upstream, EmptyAnswers answers, LiveText live, Balancing how) {
    List<CarriedServer> servers = servers(pool);
    StringBuilder text = new StringBuilder();
    text.append(opening(upstream)).append(live.servers(upstream, how));
    how.kept().forEach(directive -> line(text, directive));
    String whole = text.append("}\n").toString();
    MemberList list =
        MemberList.of(
            upstream,
            servers,
            Substitute.of(pool, PoolKind.HTTP, answers).map(Substitute::endpoint));
    return new Section(pool, servers, whole, Fingerprint.of(whole), Optional.of(list));
  }

  /** Backups are normal servers while there is no other. */
  private static List<CarriedServer> servers(DesiredPool pool) {
    boolean onlyBackups =
        ready(pool).stream().allMatch(DesiredMember::backup) || pool.withoutReadyMember();
    return pool.members().stream()
        .filter(m -> m.state() == ServerState.READY || shown(m))
        .map(m -> new CarriedServer(m, m.backup() && !onlyBackups))
        .toList();
  }

  /** The same pool with another text. */
  Section as(String other) {
    return new Section(pool, servers, other, Fingerprint.of(other), list);
  }

  /**
   * The same pool where its upstream stands in a file of the user's.
   *
   * @param members what tells states of that upstream apart
   */
  Section elsewhere(Fingerprint members) {
    return new Section(pool, servers, "", members, Optional.empty());
  }

  /** The section of an upstream in Weir's file. */
  static Optional<String> find(String text, String upstream) {
    String opening = opening(upstream);
    int start = text.startsWith(opening) ? 0 : text.indexOf("\n" + opening) + 1;
    int end = text.indexOf("\n}\n", start);
    return text.startsWith(opening, start) && end > 0
        ? Optional.of(text.substring(start, end + "\n}\n".length()))
        : Optional.empty();
  }

  /** The first line of the section of an upstream of this name. */
  static String opening(String upstream) {
    return "upstream " + upstream + " {\n";
  }

  private static List<DesiredMember> ready(DesiredPool pool) {
    return pool.members().stream().filter(m -> m.state() == ServerState.READY).toList();
  }

  /** An operator's word, or what stood here so before Weir came and is not decided yet. */
  private static boolean shown(DesiredMember member) {
    Cause cause = member.because().cause();
    return cause == Cause.OPERATOR_DRAIN
        || cause == Cause.OPERATOR_DISABLE
        || cause == Cause.ADOPTED;
  }

  private static void line(StringBuilder text, String line) {
    text.append("    ").append(line).append('\n');
  }
}
