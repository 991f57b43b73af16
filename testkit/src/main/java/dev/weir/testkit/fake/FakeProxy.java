package dev.weir.testkit.fake;

import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import dev.weir.testkit.fake.FakeConfig.FakeServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in memory: a file, a running process that was loaded from it and can be commanded, and
 * every accident that happens to proxies. Safe for any thread.
 */
public final class FakeProxy {

  /** What a client got: the status, and the endpoint that answered where one did. */
  public record Reply(int status, Optional<Endpoint> by) {}

  private @Nullable String file;
  private @Nullable FakeConfig running;
  private boolean reachable = true;
  private boolean ownConfigurationBroken;
  private boolean reloadBroken;
  private int signalsToLose;
  private String refusedWord = "refused-directive";
  private int reloads;
  private int commands;
  private int turn;
  private int processes;

  /** Starts it from its file; nothing happens when it runs or when there is no good file. */
  public synchronized void start() {
    if (running == null && check(file == null ? "" : file).isEmpty()) {
      running = FakeConfig.parse(file == null ? "" : file);
      processes++;
    }
  }

  /** Stops it, by request or by force: a process in memory does not mind. */
  public synchronized void stop() {
    running = null;
  }

  /** A reload signal; as in life, whoever sends it learns nothing. */
  public synchronized void reload() {
    reloads++;
    if (signalsToLose > 0) {
      signalsToLose--;
    } else if (running != null && !reloadBroken && check(text()).isEmpty()) {
      running = FakeConfig.parse(text());
      processes++;
    }
  }

  /** What its own check says of a text in place of its file; empty when it passes. */
  public synchronized Optional<String> check(String text) {
    if (ownConfigurationBroken) {
      return Optional.of("[ALERT] user.conf:3: unknown keyword 'borken'");
    }
    return text.contains(refusedWord)
        ? Optional.of("[ALERT] weir.conf:2: unknown keyword '" + refusedWord + "'")
        : Optional.empty();
  }

  /**
   * A command to the running process: {@code add}, {@code set} or {@code del}, the pool, and the
   * server's words.
   *
   * @return empty for success, else what is wrong
   */
  public synchronized String command(String line) {
    commands++;
    FakeConfig current = running;
    if (current == null || !reachable) {
      return "no answer";
    }
    List<String> words = List.of(line.split(" "));
    Map<String, FakeServer> servers = current.servers().get(new PoolId(words.get(1)));
    if (servers == null) {
      return "no such pool";
    }
    return change(servers, words.getFirst(), words.subList(2, words.size()));
  }

  private static String change(
      Map<String, FakeServer> servers, String verb, List<String> arguments) {
    String name = arguments.getFirst();
    boolean known = servers.containsKey(name);
    if (known == verb.equals("add")) {
      return known ? "already exists" : "no such server";
    }
    if (verb.equals("del")) {
      servers.remove(name);
    } else {
      servers.put(name, FakeServer.of(arguments));
    }
    return "";
  }

  /** Requests through it, one after another. */
  public synchronized List<Reply> ask(PoolId pool, int requests) {
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      replies.add(answer(pool));
    }
    return replies;
  }

  private Reply answer(PoolId pool) {
    FakeConfig current = running;
    if (current == null) {
      return new Reply(0, Optional.empty());
    }
    List<FakeServer> ready =
        current.servers().getOrDefault(pool, Map.of()).values().stream()
            .filter(server -> server.state() == ServerState.READY)
            .toList();
    List<FakeServer> active = ready.stream().filter(server -> !server.backup()).toList();
    List<Endpoint> ring = new ArrayList<>();
    for (FakeServer server : active.isEmpty() ? ready : active) {
      ring.addAll(Collections.nCopies(server.weight(), server.endpoint()));
    }
    if (ring.isEmpty()) {
      return switch (current.pools().getOrDefault(pool, EmptyPolicy.DEFAULT)) {
        case EmptyPolicy.Status(int code) -> new Reply(code, Optional.empty());
        case EmptyPolicy.Fallback(Endpoint endpoint) -> new Reply(200, Optional.of(endpoint));
        case EmptyPolicy.Keep() -> new Reply(503, Optional.empty());
      };
    }
    turn++;
    return new Reply(200, Optional.of(ring.get(Math.floorMod(turn, ring.size()))));
  }

  /** Whether it runs. */
  public synchronized boolean isRunning() {
    return running != null;
  }

  /** Its file; absent when there is none. */
  public synchronized Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /** Puts a text in place of its file. */
  public synchronized void write(String text) {
    file = text;
  }

  /** The epoch that the running process was loaded with; absent when it does not answer. */
  public synchronized Optional<Fingerprint> loaded() {
    return running == null || !reachable ? Optional.empty() : Optional.of(running.epoch());
  }

  /** The state of the servers that it runs, by name; empty when it does not run. */
  public synchronized Map<String, ServerState> states(PoolId pool) {
    Map<String, ServerState> states = new TreeMap<>();
    servers(pool).ifPresent(all -> all.forEach((name, s) -> states.put(name, s.state())));
    return states;
  }

  synchronized Optional<Map<String, FakeServer>> servers(PoolId pool) {
    return running == null
        ? Optional.empty()
        : Optional.ofNullable(running.servers().get(pool)).map(TreeMap::new);
  }

  /** Grows whenever another process takes over. */
  synchronized int process() {
    return processes;
  }

  synchronized boolean isReachable() {
    return reachable;
  }

  private String text() {
    return file == null ? "" : file;
  }

  /** Whether it can be asked and commanded, though it runs. */
  public synchronized FakeProxy reachable(Switch on) {
    reachable = on == Switch.ON;
    return this;
  }

  /** Whether the user's part of its configuration is broken. */
  public synchronized FakeProxy ownConfigurationBroken(Switch on) {
    ownConfigurationBroken = on == Switch.ON;
    return this;
  }

  /** Whether every reload fails although the check passes. */
  public synchronized FakeProxy reloadBroken(Switch on) {
    reloadBroken = on == Switch.ON;
    return this;
  }

  /** The next reload signals are lost on their way. */
  public synchronized FakeProxy loseSignals(int count) {
    signalsToLose = count;
    return this;
  }

  /** Its check refuses texts with this word. */
  public synchronized FakeProxy refuse(String word) {
    refusedWord = word;
    return this;
  }

  /** Reload signals that it was sent, lost ones too. */
  public synchronized int reloads() {
    return reloads;
  }

  /** Commands that it was sent. */
  public synchronized int commands() {
    return commands;
  }

  /** On or off. */
  public enum Switch {
    ON,
    OFF
  }
}
