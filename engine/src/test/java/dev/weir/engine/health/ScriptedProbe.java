package dev.weir.engine.health;

import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A probe that answers as told, at once; everybody is well until told otherwise. One thread. */
public final class ScriptedProbe implements Probe {
  private final Time time;
  private final Map<Endpoint, Kind> answers = new HashMap<>();
  private final Set<Endpoint> broken = new HashSet<>();
  private final Map<Endpoint, Long> lastLook = new HashMap<>();
  private long longestGap;
  private int looks;
  private int opened;
  private int closed;

  public ScriptedProbe(Time time) {
    this.time = time;
  }

  public void answer(Endpoint endpoint, Kind kind) {
    answers.put(endpoint, kind);
  }

  /** What it answers for an endpoint. */
  public Kind answer(Endpoint endpoint) {
    return answers.getOrDefault(endpoint, Kind.OK);
  }

  void breakDown(Endpoint endpoint) {
    broken.add(endpoint);
  }

  int openSessions() {
    return opened - closed;
  }

  int openedSessions() {
    return opened;
  }

  /** The longest time between two looks at one endpoint. */
  Duration longestGap() {
    return Duration.ofNanos(longestGap);
  }

  /** Forgets the looks counted so far, and says how many they were. */
  int forget() {
    int before = looks;
    looks = 0;
    return before;
  }

  @Override
  public Session open(Endpoint endpoint) {
    opened++;
    return new Session() {
      @Override
      public ProbeResult look(Duration timeout) {
        return answerNow(endpoint);
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private ProbeResult answerNow(Endpoint endpoint) {
    if (broken.contains(endpoint)) {
      throw new IllegalStateException("broken for a test");
    }
    looks++;
    Long before = lastLook.put(endpoint, time.nanos());
    if (before != null) {
      longestGap = Math.max(longestGap, time.nanos() - before);
    }
    Kind kind = answer(endpoint);
    return new ProbeResult(kind, kind.name(), Duration.ofMillis(1));
  }
}
