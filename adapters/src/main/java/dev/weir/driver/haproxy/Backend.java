package dev.weir.driver.haproxy;

import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.Quoted;
import dev.weir.model.ServerState;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.SetupException;
import dev.weir.surround.ServerText;
import dev.weir.surround.ServerText.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pool as a section of HAProxy's configuration.
 *
 * @param as the backend's name
 * @param drain how its servers are let go
 */
record Backend(PoolId pool, String as, HaproxySurroundings surroundings, DrainPolicy drain) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
  private static final int PLAIN = 503;

  static Backend of(Carried<HaproxySurroundings> carried) throws SetupException {
    if (!NAME.matcher(carried.as()).matches()) {
      throw new SetupException(
          "pool %s: as: %s (expected: a backend's name of A-Z a-z 0-9 _ . : -)"
              .formatted(carried.pool(), Quoted.of(carried.as())));
    }
    return new Backend(carried.pool(), carried.as(), around(carried), carried.drain());
  }

  /** A pool that is not of HTTP says so, whatever the defaults are. */
  private static HaproxySurroundings around(Carried<HaproxySurroundings> carried) {
    HaproxySurroundings around = carried.surroundings();
    List<List<String>> said = around.directives().stream().map(Words::split).toList();
    if (carried.kind() == PoolKind.HTTP || !Defaults.last(said, "mode").isEmpty()) {
      return around;
    }
    List<String> directives = new ArrayList<>(List.of("mode tcp"));
    directives.addAll(around.directives());
    return new HaproxySurroundings(directives, around.server(), around.defaults());
  }

  /** In the order of the configuration; two pools of one name would be one section. */
  static List<Backend> all(List<Carried<HaproxySurroundings>> carried) throws SetupException {
    List<Backend> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Carried<HaproxySurroundings> one : carried) {
      Backend backend = of(one);
      if (!names.add(backend.as())) {
        throw new SetupException(
            "pool %s: as: %s (expected: a name of its own in this proxy)"
                .formatted(backend.pool(), backend.as()));
      }
      all.add(backend);
    }
    return List.copyOf(all);
  }

  /**
   * The same backends, which stand in files of the user's.
   *
   * @throws SetupException where Weir's configuration says what only those files can
   */
  static List<Backend> inUsersFiles(List<Backend> backends) throws SetupException {
    for (Backend backend : backends) {
      HaproxySurroundings around = backend.surroundings();
      if (!around.directives().isEmpty() || around.defaults().isPresent()) {
        throw new SetupException(
            "pool %s: %s (expected: neither with edit: write it into section %s of your file)"
                .formatted(
                    backend.pool(),
                    around.directives().isEmpty() ? "haproxy defaults" : "haproxy directives",
                    backend.as()));
      }
    }
    return backends;
  }

  /** Its servers, sorted by name, the fallback last. */
  List<ServerLine> servers(DesiredPool desired) {
    List<ServerLine> servers = new ArrayList<>();
    desired.members().stream()
        .map(member -> ServerLine.of(member, surroundings.server()))
        .sorted(Comparator.comparing(ServerLine::name))
        .forEach(servers::add);
    return withFallback(servers, desired);
  }

  /** With the fallback last, where there is one. */
  List<ServerLine> withFallback(List<ServerLine> members, DesiredPool desired) {
    List<ServerLine> servers = new ArrayList<>(members);
    if (desired.empty() instanceof EmptyPolicy.Fallback fallback) {
      boolean otherBackup =
          servers.stream().anyMatch(s -> s.backup() && s.state() == ServerState.READY);
      servers.add(
          ServerLine.fallback(
              fallback.endpoint(), otherBackup ? ServerState.MAINT : ServerState.READY));
    }
    return servers;
  }

  /** Everything of its section but the servers. */
  List<String> structure(DesiredPool desired) {
    List<String> lines = new ArrayList<>();
    lines.add("backend " + as + surroundings.defaults().map(name -> " from " + name).orElse(""));
    surroundings.directives().forEach(line -> lines.add("  " + line));
    emptyAnswer(desired, directives()).ifPresent(line -> lines.add("  " + line));
    return List.copyOf(lines);
  }

  /** What Weir adds to a section of the user's beside servers. */
  List<String> additions(DesiredPool desired, Defaults defaults) {
    List<List<String>> lines = new ArrayList<>(above(defaults));
    lines.addAll(words(defaults));
    return emptyAnswer(desired, lines).stream().toList();
  }

  private Optional<String> emptyAnswer(DesiredPool desired, List<List<String>> lines) {
    boolean http = !Defaults.last(lines, "mode").equals(List.of("mode", "tcp"));
    return desired.empty() instanceof EmptyPolicy.Status(int code) && code != PLAIN && http
        ? Optional.of("http-request return status %d if { nbsrv(%s) eq 0 }".formatted(code, as))
        : Optional.empty();
  }

  /** Why it takes neither other servers nor other weights at run time; empty when it does. */
  Optional<String> staticAlgorithm(Defaults defaults) {
    return DynamicServers.staticAlgorithm(own("balance", defaults), own("hash-type", defaults));
  }

  /** What a server added at run time needs beside its own line, since it inherits nothing. */
  String inherited(Defaults defaults) {
    return DynamicServers.meaningful(serverDefaults(defaults));
  }

  /** The parameters that its servers have from {@code default-server}, in order. */
  List<String> serverDefaults(Defaults defaults) {
    List<String> words = new ArrayList<>(Defaults.serverParameters(above(defaults)));
    words.addAll(Defaults.serverParameters(words(defaults)));
    return words;
  }

  /** The parameters of servers that come. */
  ServerText server(Defaults defaults) {
    UsersSection users = defaults.sections().get(as);
    if (users == null || users.common().isEmpty() || !surroundings.server().parts().isEmpty()) {
      return surroundings.server();
    }
    return new ServerText(users.common(), List.of(new Part.Literal(users.common())));
  }

  /** How its members change. */
  Rung rung(Defaults defaults) {
    Optional<String> cause =
        staticAlgorithm(defaults)
            .map(fixed -> fixed + " takes no new server at run time")
            .or(() -> DynamicServers.refusal(inherited(defaults) + " " + sample(defaults)));
    if (cause.isEmpty()) {
      return new Rung.Dynamic();
    }
    return Slots.unfit(server(defaults))
        .<Rung>map(why -> new Rung.Reloading(cause.get() + ", and " + why))
        .orElseGet(() -> new Rung.Slotted(cause.get()));
  }

  /** The parameters of a server, with a letter in each place that is a member's own. */
  private String sample(Defaults defaults) {
    return server(defaults).parts().stream()
        .map(part -> part instanceof Part.Literal(String literal) ? literal : "x")
        .collect(Collectors.joining());
  }

  /** The key, a secret, that servers that were added need to have a cookie; empty where none is. */
  Optional<String> cookieKey(Defaults defaults) {
    List<String> cookie = own("cookie", defaults);
    List<String> key = own("dynamic-cookie-key", defaults);
    return cookie.contains("dynamic") && key.size() > 1
        ? Optional.of(key.get(1))
        : Optional.empty();
  }

  /** Whether people come back to a server by a cookie or a stick table, drained or not. */
  boolean persistent(Defaults defaults) {
    return !own("cookie", defaults).isEmpty() || !own("stick", defaults).isEmpty();
  }

  private List<String> own(String first, Defaults defaults) {
    List<String> line = Defaults.last(words(defaults), first);
    return line.isEmpty() ? Defaults.last(above(defaults), first) : line;
  }

  /** The lines that it inherits. */
  private List<List<String>> above(Defaults defaults) {
    UsersSection users = defaults.sections().get(as);
    return users == null ? defaults.of(surroundings.defaults()) : users.inherited();
  }

  /** Which parameters servers that come have, where the user's section says so and no pool does. */
  Optional<String> borrowed(Defaults defaults) {
    return Optional.ofNullable(defaults.sections().get(as))
        .filter(_ -> surroundings.server().parts().isEmpty())
        .map(users ->
            users.common().isEmpty()
                ? "%s: new servers get no parameters, the server lines at %s have none in common"
                    .formatted(as, users.place())
                : "%s: new servers get '%s', as all server lines at %s have it"
                    .formatted(as, users.common(), users.place()));
  }

  /** Its own lines, which stand in Weir's configuration or in a file of the user's. */
  private List<List<String>> words(Defaults defaults) {
    UsersSection users = defaults.sections().get(as);
    return users == null ? directives() : users.lines();
  }

  private List<List<String>> directives() {
    return surroundings.directives().stream().map(Words::split).toList();
  }
}
