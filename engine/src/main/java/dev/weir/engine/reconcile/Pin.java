package dev.weir.engine.reconcile;

import dev.weir.engine.reconcile.ProxyStatus.Pinned;
import dev.weir.model.DesiredPool;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The revision that one proxy is pinned to, and how far the proxy is there. Its bytes are read from
 * the ledger once. Used by one thread.
 */
final class Pin {
  private final Ledger ledger;
  private Optional<Pinned> pinned = Optional.empty();
  private Optional<Revision> revision = Optional.empty();
  private String trouble = "";

  Pin(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * What the proxy is to be brought to; absent where it is not pinned, or cannot be brought.
   *
   * @param carried the pools that it carries now
   */
  Optional<Revision> take(Optional<Brake.Hold> hold, List<PoolId> carried) {
    Optional<Brake.PinnedTo> wanted = hold.flatMap(Brake.Hold::pin);
    trouble = "";
    if (wanted.isEmpty()) {
      pinned = Optional.empty();
      revision = Optional.empty();
      return revision;
    }
    if (pinned.filter(it -> it.to().equals(wanted.get())).isEmpty()) {
      pinned = Optional.of(new Pinned(wanted.get(), Optional.empty()));
      revision = Optional.empty();
    }
    if (revision.isEmpty()) {
      revision = read(wanted.get().revision());
    }
    return revision.filter(found -> fits(found, carried));
  }

  private Optional<Revision> read(long number) {
    try {
      Optional<Revision> found = ledger.find(number);
      if (found.isEmpty()) {
        trouble = "; stays as it is, that revision is not kept any more";
      }
      return found;
    } catch (StoreException e) {
      trouble = "; stays as it is: " + e.getMessage();
      return Optional.empty();
    }
  }

  private boolean fits(Revision found, List<PoolId> carried) {
    Set<PoolId> then =
        found.desired().pools().stream().map(DesiredPool::id).collect(Collectors.toSet());
    boolean same = then.equals(Set.copyOf(carried));
    if (!same) {
      trouble = "; stays as it is, that revision carried other pools";
    }
    return same;
  }

  /** Whose the difference is that is found now. */
  Prepared.Origin origin() {
    return isThere() ? Prepared.Origin.FOREIGN : Prepared.Origin.WANTED;
  }

  /** Whether the proxy was last seen to run it. */
  boolean isThere() {
    return pinned.flatMap(Pinned::outcome).orElse(null) instanceof Outcome.Applied;
  }

  /** What became of the last try. */
  void tried(Outcome outcome) {
    pinned = pinned.map(it -> new Pinned(it.to(), Optional.of(outcome)));
  }

  /** How it stands, for the status; absent where the proxy is not pinned. */
  Optional<Pinned> told() {
    return pinned;
  }

  /** What is to be added to the reason why the proxy is left alone; empty for nothing. */
  String trouble() {
    return trouble;
  }
}
