package dev.weir.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Something long that somebody wants done, and how far it is.
 *
 * @param id unique for ever
 * @param pools whose members it concerns: one job at a time works on a pool
 */
public record Job(String id, Order order, Set<PoolId> pools, Progress progress) {
  public Job {
    pools = Set.copyOf(pools);
  }

  /**
   * What is to be done.
   *
   * @param action one word: {@code drain}, {@code rollback}, {@code reload}
   * @param body the particulars, as JSON
   * @param by who wants it
   * @param at when it was taken in
   * @param until when it is given up, at the latest
   */
  public record Order(String action, String body, String by, Instant at, Instant until) {}

  /** How far it is. */
  public sealed interface Progress {}

  /** It waits for its turn. */
  public record InQueue() implements Progress {}

  /** It has begun, and what follows from it is waited for. */
  public record Waiting(Instant since) implements Progress {}

  /**
   * It is done.
   *
   * @param result as JSON
   */
  public record Finished(Instant since, Instant at, String result) implements Progress {}

  /**
   * It is not done, or not confirmed.
   *
   * @param since absent where it never began
   * @param error as JSON
   */
  public record Failed(Optional<Instant> since, Instant at, String error) implements Progress {}

  /** Whether nothing more comes of it. */
  public boolean ended() {
    return switch (progress) {
      case InQueue ignored -> false;
      case Waiting ignored -> false;
      case Finished ignored -> true;
      case Failed ignored -> true;
    };
  }

  /** The same, so far. */
  public Job now(Progress newProgress) {
    return new Job(id, order, pools, newProgress);
  }
}
