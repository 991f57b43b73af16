package dev.weir.driver.nginx;

import dev.weir.model.Because.Cause;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
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
    substitute(pool, answers).ifPresent(server -> line(text, server.line()));
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
        MemberList.of(upstream, servers, substitute(pool, answers).map(Substitute::endpoint));
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

  /** The same pool where its upstream stands in a file of the user's. */
  Section elsewhere() {
    return new Section(pool, servers, "", fingerprint, Optional.empty());
  }

  /** What answers in the place of members where none is ready. */
  Optional<Endpoint> substitute(EmptyAnswers answers) {
    return substitute(pool, answers).map(Substitute::endpoint);
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

  /**
   * The only server of a pool without ready members.
   *
   * @param why for a comment
   */
  private record Substitute(Endpoint endpoint, String why) {

    /** Its failures are never counted: it has no other to give way to. */
    String line() {
      return "server %s max_fails=0; # (%s)".formatted(endpoint, why);
    }
  }

  /** A pool whose last members should stay but that never had any answers as by default. */
  private static Optional<Substitute> substitute(DesiredPool pool, EmptyAnswers answers) {
    if (!pool.withoutReadyMember()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (pool.empty()) {
          case EmptyPolicy.Status status ->
              new Substitute(answers.address(status), "no member is ready");
          case EmptyPolicy.Fallback fallback -> new Substitute(fallback.endpoint(), "fallback");
          case EmptyPolicy.Keep keep ->
              new Substitute(answers.address(EmptyAnswers.DEFAULT), "no member was ever ready");
        });
  }

  private static void line(StringBuilder text, String line) {
    text.append("    ").append(line).append('\n');
  }
}
