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
 */
record Section(
    DesiredPool pool, List<CarriedServer> servers, String text, Fingerprint fingerprint) {

  Section {
    servers = List.copyOf(servers);
  }

  static Section of(DesiredPool pool, Carried<NginxSurroundings> carried, EmptyAnswers answers) {
    NginxSurroundings around = carried.surroundings();
    boolean onlyBackups =
        ready(pool).stream().allMatch(DesiredMember::backup) || pool.withoutReadyMember();
    List<CarriedServer> servers =
        pool.members().stream()
            .filter(m -> m.state() == ServerState.READY || shown(m))
            .filter(m -> onlyBackups || !m.backup() || !around.refusesBackup())
            .map(m -> new CarriedServer(m, m.backup() && !onlyBackups))
            .toList();
    StringBuilder text = new StringBuilder();
    text.append(opening(carried.as()));
    around.directives().forEach(directive -> line(text, directive));
    servers.forEach(server -> line(text, server.line(around)));
    if (pool.withoutReadyMember()) {
      line(text, substitute(pool.empty(), answers));
    }
    String whole = text.append("}\n").toString();
    return new Section(pool, servers, whole, Fingerprint.of(whole));
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

  /** A pool whose last members should stay but that never had any answers as by default. */
  private static String substitute(EmptyPolicy empty, EmptyAnswers answers) {
    return switch (empty) {
      case EmptyPolicy.Status status -> alone(answers.address(status), "(no member is ready)");
      case EmptyPolicy.Fallback fallback -> alone(fallback.endpoint(), "(fallback)");
      case EmptyPolicy.Keep keep ->
          alone(answers.address(EmptyAnswers.DEFAULT), "(no member was ever ready)");
    };
  }

  /** Its failures are never counted: it has no other to give way to. */
  private static String alone(Endpoint endpoint, String comment) {
    return "server %s max_fails=0; # %s".formatted(endpoint, comment);
  }

  private static void line(StringBuilder text, String line) {
    text.append("    ").append(line).append('\n');
  }
}
