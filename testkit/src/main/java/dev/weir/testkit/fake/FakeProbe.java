package dev.weir.testkit.fake;

import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Behaviour;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A probe over a pretended network, with any clock; a target that hangs costs the whole time-out.
 */
public final class FakeProbe implements Probe {

  private final FakeTargets targets;
  private final Time time;

  /** A probe of these targets that waits by this clock. */
  public FakeProbe(FakeTargets targets, Time time) {
    this.targets = targets;
    this.time = time;
  }

  @Override
  public Session open(Endpoint endpoint) {
    return new FakeSession(endpoint);
  }

  private final class FakeSession implements Session {
    private final Endpoint endpoint;
    private Optional<FakeTargets.Connection> kept = Optional.empty();

    FakeSession(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public ProbeResult look(Duration timeout) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long start = time.nanos();
      Behaviour behaviour = targets.behaviour(endpoint);
      boolean connects = behaviour != Behaviour.REFUSES && behaviour != Behaviour.NOT_ACCEPTING;
      if (connects && kept.filter(FakeTargets.Connection::alive).isEmpty()) {
        kept = Optional.of(targets.connect(endpoint));
      }
      try {
        if (behaviour.seenAs() == ProbeResult.Kind.TIMEOUT
            || behaviour.seenAs() == ProbeResult.Kind.CONNECT_TIMEOUT) {
          time.sleep(timeout);
        }
      } finally {
        if (behaviour != Behaviour.ANSWERS) {
          close();
        }
      }
      long nanos = Math.max(1, time.nanos() - start);
      return new ProbeResult(
          behaviour.seenAs(),
          behaviour.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          Duration.ofNanos(nanos));
    }

    @Override
    public void close() {
      kept.ifPresent(FakeTargets.Connection::close);
      kept = Optional.empty();
    }
  }
}
