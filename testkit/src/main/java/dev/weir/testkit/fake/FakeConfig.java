package dev.weir.testkit.fake;

import dev.weir.model.Address;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration of a {@link FakeProxy}: what its file says, one line per pool and per server.
 *
 * @param epoch names the last text that was meant to be loaded
 * @param pools what a pool answers when it is empty
 * @param servers sorted by pool and name
 */
record FakeConfig(
    Fingerprint epoch,
    Map<PoolId, EmptyPolicy> pools,
    Map<PoolId, Map<String, FakeServer>> servers,
    Optional<String> extra) {

  /** Makes a name safe: everything else becomes {@code _}. */
  static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9_.:-]", "_");
  }

  static FakeServer server(DesiredMember m) {
    return new FakeServer(safe(m.name()), m.endpoint(), m.state(), m.weight(), m.backup());
  }

  /** The whole text; {@code extra} is a directive of the user's in the first pool. */
  static String render(DesiredState desired, Fingerprint epoch, Optional<String> extra) {
    return "epoch " + epoch + "\n" + body(desired, extra);
  }

  /** The text without its first line. */
  static String body(DesiredState desired, Optional<String> extra) {
    List<String> lines = new ArrayList<>();
    extra.ifPresent(text -> lines.add("directive " + text));
    for (DesiredPool pool : desired.pools()) {
      lines.add("pool %s %s".formatted(pool.id(), word(pool.empty())));
      pool.members().stream()
          .map(FakeConfig::server)
          .map(server -> "server %s %s".formatted(pool.id(), server.words()))
          .forEach(lines::add);
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** The lines that no live command changes. */
  static List<String> structure(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("server ") && !line.startsWith("epoch "))
        .toList();
  }

  /** Reads what {@link #render} wrote. */
  static FakeConfig parse(String text) {
    Fingerprint epoch = Fingerprint.of("");
    Map<PoolId, EmptyPolicy> pools = new TreeMap<>();
    Map<PoolId, Map<String, FakeServer>> servers = new TreeMap<>();
    Optional<String> extra = Optional.empty();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "epoch" -> epoch = new Fingerprint(words[1]);
        case "directive" -> extra = Optional.of(line);
        case "pool" -> {
          pools.put(new PoolId(words[1]), policy(words[2], words[3]));
          servers.put(new PoolId(words[1]), new TreeMap<>());
        }
        case "server" -> {
          FakeServer server = FakeServer.of(List.of(words).subList(2, words.length));
          Map<String, FakeServer> ofPool = servers.get(new PoolId(words[1]));
          if (ofPool == null) {
            throw new IllegalArgumentException("server before its pool: " + line);
          }
          ofPool.put(server.name(), server);
        }
        default -> throw new IllegalArgumentException("unknown line: " + line);
      }
    }
    return new FakeConfig(epoch, pools, servers, extra);
  }

  private static String word(EmptyPolicy policy) {
    return switch (policy) {
      case EmptyPolicy.Status(int code) -> "status " + code;
      case EmptyPolicy.Fallback(Endpoint endpoint) -> "fallback " + endpoint;
      case EmptyPolicy.Keep() -> "keep -";
    };
  }

  private static EmptyPolicy policy(String kind, String value) {
    return switch (kind) {
      case "status" -> new EmptyPolicy.Status(Integer.parseInt(value));
      case "fallback" -> new EmptyPolicy.Fallback((Endpoint) Address.parse(value));
      default -> new EmptyPolicy.Keep();
    };
  }

  /** A server of the fake proxy. */
  record FakeServer(String name, Endpoint endpoint, ServerState state, int weight, boolean backup) {

    static final Comparator<FakeServer> BY_NAME = Comparator.comparing(FakeServer::name);

    /** As it stands in a file line and a command. */
    String words() {
      return "%s %s %s %d %s"
          .formatted(name, endpoint, state.word(), weight, backup ? "backup" : "active");
    }

    /** For people: {@code ready weight 1}. */
    String shown() {
      return "%s weight %d%s".formatted(state.word(), weight, backup ? " backup" : "");
    }

    static FakeServer of(List<String> words) {
      return new FakeServer(
          words.get(0),
          (Endpoint) Address.parse(words.get(1)),
          ServerState.valueOf(words.get(2).toUpperCase(Locale.ROOT)),
          Integer.parseInt(words.get(3)),
          words.get(4).equals("backup"));
    }
  }
}
