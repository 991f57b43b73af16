package dev.weir.engine.health;

import dev.weir.engine.run.Pulse;
import dev.weir.model.ProbeResult;
import dev.weir.spi.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One TCP look at a member; taken again every second while our own side is suspected. */
final class Look implements Pulse {
  static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Candidate candidate;
  private final Probe tcp;
  private final Laboratory laboratory;
  private final Consumer<ProbeResult> done;
  private Probe.@Nullable Session session; // owned by the thread that calls step

  Look(Candidate candidate, Probe tcp, Laboratory laboratory, Consumer<ProbeResult> done) {
    this.candidate = candidate;
    this.tcp = tcp;
    this.laboratory = laboratory;
    this.done = done;
  }

  @Override
  public Optional<Duration> step() throws InterruptedException {
    ProbeResult result = laboratory.look(this::session, TIMEOUT);
    if (!laboratory.counts(candidate.id(), result)) {
      return Optional.of(AGAIN);
    }
    done.accept(result);
    return Optional.empty();
  }

  @Override
  public void end() {
    if (session != null) {
      session.close();
    }
  }

  private Probe.Session session() {
    if (session == null) {
      session = tcp.open(candidate.endpoint());
    }
    return session;
  }
}
