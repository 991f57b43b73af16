package dev.weir.source.aws;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of an AWS that is a few maps, and notes each call. Safe for any thread. */
final class MemoryAws implements AwsClient {

  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Each call that was made: its name and what it was about. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** What the next calls fail with. */
  final ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();

  private final ConcurrentLinkedQueue<IOException> hookFailures = new ConcurrentLinkedQueue<>();
  private final Map<String, Group> groups = new ConcurrentHashMap<>();
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private final Map<String, String> hooks = new ConcurrentHashMap<>();

  void group(String name, Group.Seat... seats) {
    groups.put(name, new Group(name, List.of(seats)));
  }

  void hook(String group, String hook) {
    hooks.put(group, hook);
  }

  void machine(String id, String ip) {
    machines.put(id, machineOf(id, ip));
  }

  static Machine machineOf(String id, String ip) {
    return new Machine(
        id,
        "m7g.large",
        new Machine.Addresses(Optional.of(ip), Optional.empty(), Optional.of("2001:db8::1")),
        new TreeMap<>(Map.of("Name", "shop", "aws:autoscaling:groupName", "x")));
  }

  static Group.Seat seat(String id, String lifecycle) {
    return new Group.Seat(id, lifecycle, "Healthy", "eu-west-1a");
  }

  /** The next questions for hooks, and messages to them, fail. */
  void onlyHooksFail(IOException... with) {
    hookFailures.addAll(List.of(with));
  }

  private void called(String what) throws IOException {
    calls.add(what);
    boolean ofHooks = !what.startsWith("groups") && !what.startsWith("machines");
    IOException failure = ofHooks ? hookFailures.poll() : null;
    if (failure != null) {
      throw failure;
    }
    failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Page<Group> groups(Selection selection, Optional<String> next) throws IOException {
    called("groups");
    List<Group> all = new ArrayList<>(new TreeMap<>(groups).values());
    if (selection instanceof Selection.Named named) {
      all.removeIf(group -> !named.names().contains(group.name()));
    }
    return page(all, next);
  }

  @Override
  public Page<Machine> machines(SortedSet<String> instances, Optional<String> next)
      throws IOException {
    called("machines " + instances.size());
    return page(instances.stream().filter(machines::containsKey).map(machines::get).toList(), next);
  }

  /** Answers come in pages of 100. */
  private static <T> Page<T> page(List<T> all, Optional<String> next) {
    int from = next.map(Integer::parseInt).orElse(0);
    int to = Math.min(all.size(), from + 100);
    return new Page<>(
        all.subList(from, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  @Override
  public List<Hook> hooks(String group) throws IOException {
    called("hooks " + group);
    return Optional.ofNullable(hooks.get(group)).map(name -> new Hook(name, TIMEOUT)).stream()
        .toList();
  }

  @Override
  public void heartbeat(Withheld withheld) throws IOException {
    called("heartbeat " + withheld.instance());
  }

  @Override
  public void complete(Withheld withheld) throws IOException {
    called("complete " + withheld.instance());
  }

  @Override
  public void close() {
    calls.add("closed");
  }
}
