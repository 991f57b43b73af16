package dev.weir.driver.haproxy;

import dev.weir.model.Step;
import dev.weir.model.Step.Expected;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Servers in maintenance that nobody wants any more and that could not be deleted yet: HAProxy
 * keeps a server until its last connection has ended, an idle one too, which takes 5 s after the
 * last request. Used by one thread.
 */
final class Leftovers {

  private static final Duration FIRST_TRY = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Time time;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Set<String> stuck = new HashSet<>();

  /** When it is tried next, and how long after that. */
  private record Waiting(long dueNanos, Duration nextWait) {}

  Leftovers(Time time) {
    this.time = time;
  }

  /** A deletion was refused: {@link Answer#NOT_YET} or {@link Answer#NEVER}. */
  void found(String server, Answer verdict) {
    if (verdict == Answer.NEVER) {
      waiting.remove(server);
      stuck.add(server);
      return;
    }
    Waiting known = waiting.get(server);
    Duration wait = known == null ? FIRST_TRY : known.nextWait();
    Duration longer = wait.multipliedBy(2);
    waiting.put(
        server,
        new Waiting(
            time.nanos() + wait.toNanos(),
            longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT));
  }

  /**
   * These are all that there are in a backend: new ones are to be tried, vanished ones forgotten.
   */
  void seen(String backend, Collection<String> servers) {
    Set<String> here =
        servers.stream().map(name -> backend + "/" + name).collect(Collectors.toSet());
    waiting.keySet().removeIf(known -> known.startsWith(backend + "/") && !here.contains(known));
    stuck.removeIf(known -> known.startsWith(backend + "/") && !here.contains(known));
    for (String server : here) {
      if (!stuck.contains(server)) {
        waiting.putIfAbsent(server, new Waiting(time.nanos(), FIRST_TRY));
      }
    }
  }

  /** A new worker knows nothing of them. */
  void clear() {
    waiting.clear();
    stuck.clear();
  }

  /** When the next is to be tried; absent when there is none. */
  Optional<Duration> due() {
    long now = time.nanos();
    return waiting.values().stream()
        .map(w -> Duration.ofNanos(Math.max(0, w.dueNanos() - now)))
        .min(Duration::compareTo);
  }

  /** Tries those that are due. */
  void remove(Talk talk) throws IOException, InterruptedException {
    long now = time.nanos();
    List<Step> steps =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue().dueNanos() <= now)
            .map(entry ->
                new Step(
                    "del server " + entry.getKey(),
                    "delete " + entry.getKey(),
                    Expected.CONFIRMATION))
            .toList();
    if (steps.isEmpty()) {
      return;
    }
    try {
      say(talk, steps);
    } catch (IOException e) {
      steps.forEach(step -> found(server(step), Answer.NOT_YET));
      throw e;
    }
  }

  private void say(Talk talk, List<Step> steps) throws IOException, InterruptedException {
    try (Chorus sockets = talk.open()) {
      for (List<Step> batch : Batches.of(steps, Step::command)) {
        List<String> answers = talk.tell(sockets, batch);
        for (int i = 0; i < batch.size(); i++) {
          judge(batch.get(i), answers.get(i));
        }
      }
    }
  }

  /** One that came back meanwhile, or is gone, is nobody's leftover any more. */
  private void judge(Step step, String answer) {
    Answer verdict = Answer.judge(step, answer);
    switch (verdict) {
      case GOOD, BAD -> waiting.remove(server(step));
      case NOT_YET, NEVER -> found(server(step), verdict);
    }
  }

  private static String server(Step step) {
    return step.command().substring("del server ".length());
  }

  /** For people; empty when there is nothing to say. */
  Optional<String> said() {
    if (waiting.isEmpty() && stuck.isEmpty()) {
      return Optional.empty();
    }
    String wait =
        waiting.isEmpty()
            ? ""
            : "in maintenance until their last connection ends: " + names(waiting.keySet());
    String stay =
        stuck.isEmpty()
            ? ""
            : "in maintenance until a reload, because the configuration refers to them: "
                + names(stuck);
    return Optional.of((wait + (wait.isEmpty() || stay.isEmpty() ? "" : "; ") + stay));
  }

  private static String names(Set<String> servers) {
    return servers.stream().sorted().collect(Collectors.joining(", "));
  }
}
