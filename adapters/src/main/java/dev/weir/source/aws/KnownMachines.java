package dev.weir.source.aws;

import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What EC2 has said of instances. An instance keeps its private address as long as it exists, and
 * seldom gets another public one: new instances are asked for at once, known ones again a minute
 * later, at most {@link AwsClient#MOST_INSTANCES} at a time. Used by one thread.
 */
final class KnownMachines {

  private static final Duration STALE = Duration.ofMinutes(1);

  private final Calls calls;
  private final Time time;
  private final Map<String, Known> known = new HashMap<>();

  private record Known(Machine machine, long asked) {}

  KnownMachines(Calls calls, Time time) {
    this.calls = calls;
    this.time = time;
  }

  /** The instances of these groups, by id; one that EC2 does not know yet is left out. */
  Map<String, Machine> of(List<Group> groups) throws IOException, InterruptedException {
    Set<String> wanted =
        groups.stream()
            .flatMap(group -> group.seats().stream())
            .map(Group.Seat::instance)
            .collect(Collectors.toSet());
    known.keySet().retainAll(wanted);
    SortedSet<String> unknown = new TreeSet<>(wanted);
    unknown.removeAll(known.keySet());
    if (unknown.isEmpty()) {
      ask(stale());
    }
    for (SortedSet<String> batch : batches(unknown)) {
      ask(batch);
    }
    return known.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().machine()));
  }

  private SortedSet<String> stale() {
    long before = time.nanos() - STALE.toNanos();
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().asked() - before <= 0)
        .sorted(Comparator.comparingLong(entry -> entry.getValue().asked() - before))
        .limit(AwsClient.MOST_INSTANCES)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<SortedSet<String>> batches(SortedSet<String> ids) {
    List<SortedSet<String>> batches = new ArrayList<>();
    for (String id : ids) {
      if (batches.isEmpty() || batches.getLast().size() == AwsClient.MOST_INSTANCES) {
        batches.add(new TreeSet<>());
      }
      batches.getLast().add(id);
    }
    return batches;
  }

  /** One that is not in the answer stays as it was known: it has just been made, or has ended. */
  private void ask(SortedSet<String> ids) throws IOException, InterruptedException {
    if (ids.isEmpty()) {
      return;
    }
    long now = time.nanos();
    for (String id : ids) {
      known.computeIfPresent(id, (same, former) -> new Known(former.machine(), now));
    }
    for (Machine machine : FleetFollower.all(calls, (client, next) -> client.machines(ids, next))) {
      known.put(machine.instance(), new Known(machine, now));
    }
  }
}
