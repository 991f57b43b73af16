package dev.weir.engine.catalog;

import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * The members that a pool's sources name together: by identity, the source listed first wins, the
 * worse condition wins.
 */
final class Union {
  /** A catalog from disk older than this is remembered, not believed. */
  static final Duration BELIEVED_FOR = Duration.ofHours(1);

  private final Map<MemberId, Named> named = new LinkedHashMap<>();
  private final Instant now;

  /**
   * A member as all sources together describe it.
   *
   * @param sources in order of precedence
   * @param remembered when it was last named, if only old reports from disk name it
   * @param differing another weight that a source listed later gives it
   */
  record Named(
      Member member,
      List<SourceName> sources,
      Optional<Instant> remembered,
      Optional<Differing> differing) {}

  /** Another weight, and whose. */
  record Differing(SourceName source, int weight) {}

  private Union(Instant now) {
    this.now = now;
  }

  /** Merges the last good reports, in this order of precedence. */
  static Map<MemberId, Named> of(
      SequencedSet<SourceName> order, Map<SourceName, SourceState> sources, Instant now) {
    Union union = new Union(now);
    for (SourceName name : order) {
      SourceState source = sources.get(name);
      if (source != null) {
        source.lastGood().ifPresent(good -> union.add(name, good));
      }
    }
    return union.named;
  }

  private void add(SourceName source, SourceState.LastGood good) {
    boolean old = good.fromDisk() && good.at().plus(BELIEVED_FOR).isBefore(now);
    Optional<Instant> remembered = old ? Optional.of(good.at()) : Optional.empty();
    MemberId previous = null;
    for (Member member : good.members()) {
      if (member.id().equals(previous)) {
        continue; // of several with one identity the first wins
      }
      previous = member.id();
      Named alone = new Named(member, List.of(source), remembered, Optional.empty());
      named.merge(member.id(), alone, (first, second) -> merged(first, second, source));
    }
  }

  private static Named merged(Named first, Named second, SourceName source) {
    Member a = first.member();
    Member b = second.member();
    TreeMap<String, String> labels = new TreeMap<>(b.labels());
    labels.putAll(a.labels());
    Member both =
        new Member(
            a.id(),
            a.name().or(b::name),
            a.weight(),
            a.backup(),
            a.condition().and(b.condition()),
            labels,
            a.source());
    List<SourceName> sources = new ArrayList<>(first.sources());
    sources.add(source);
    Optional<Differing> differing =
        a.weight() == b.weight()
            ? first.differing()
            : first.differing().or(() -> Optional.of(new Differing(source, b.weight())));
    Optional<Instant> remembered =
        first.remembered().isPresent() && second.remembered().isPresent()
            ? first.remembered()
            : Optional.empty();
    return new Named(both, sources, remembered, differing);
  }
}
