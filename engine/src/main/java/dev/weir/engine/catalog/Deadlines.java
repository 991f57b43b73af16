package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.Presence;
import dev.weir.model.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When time alone changes something in a pool. */
final class Deadlines {
  /** A source that could not look for so long is told again, as stale. */
  static final Duration STALE_AFTER = Duration.ofMinutes(5);

  /** How often a member of a pool without a check is looked at while its fate hangs on it. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final PoolState state;

  Deadlines(PoolState state) {
    this.state = state;
  }

  Optional<Instant> earliest() {
    Stream<@Nullable Instant> members = state.pool().members().stream().map(this::ofMember);
    Stream<@Nullable Instant> sources = state.sources().values().stream().map(this::ofSource);
    return Stream.of(members, sources, state.memory().nextLook().stream())
        .flatMap(all -> all)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .min(Instant::compareTo);
  }

  /** The end of a departing member's grace. */
  Instant graceEnd(Instant since) {
    return since.plus(state.policy().drain().grace());
  }

  private @Nullable Instant ofMember(CatalogMember member) {
    return switch (member.presence()) {
      case Presence.Present ignored -> null;
      case Presence.Remembered ignored -> null;
      case Presence.Kept ignored -> lossesLessen();
      case Presence.Outgoing outgoing -> graceEnd(outgoing.since());
      case Presence.Leaving leaving -> graceEnd(leaving.since());
      case Presence.Held held -> held.until().orElse(null);
    };
  }

  private @Nullable Instant lossesLessen() {
    return state.memory().losses().isEmpty()
        ? null
        : state.memory().losses().getFirst().plus(state.policy().guard().window());
  }

  private @Nullable Instant ofSource(SourceState source) {
    return source
        .failure()
        .filter(ignored -> !state.memory().stale().contains(source.name()))
        .map(failure -> failure.since().plus(STALE_AFTER))
        .orElse(null);
  }
}
