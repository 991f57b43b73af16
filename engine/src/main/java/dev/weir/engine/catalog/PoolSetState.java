package dev.weir.engine.catalog;

import dev.weir.model.FoundPool;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of the pools of one pool set: those that its source names, and those that it
 * does not name any more and that are still there. A value; {@link PoolSetFold} makes the next one.
 *
 * @param source the name of the set's own source
 * @param pools by key
 * @param report what its source said last; absent until it has said something in this run
 * @param failure why its source cannot look now; absent while it can
 */
public record PoolSetState(
    SourceName source,
    SortedMap<String, Known> pools,
    Optional<Report> report,
    Optional<SourceState.Failure> failure,
    Memory memory) {

  public PoolSetState {
    pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
  }

  /**
   * How a set is cared for.
   *
   * @param guard on how many pools may go with one report
   * @param limit how many pools there may be, and at most as many again that linger
   * @param linger how long a pool stays that is named no more
   */
  public record Policy(GuardPolicy guard, int limit, Duration linger) {}

  /** A pool, and whether its source still names it. */
  public record Known(FoundPool found, Naming naming) {}

  /** Whether a pool is named by its source. */
  public sealed interface Naming {

    /** It is. */
    record Named() implements Naming {}

    /**
     * It is not, and the guard does not believe it.
     *
     * @param reason which limit, for people
     * @param until when it is believed at the latest
     */
    record Held(String reason, Instant since, Instant until) implements Naming {}

    /** It is not: it stays for the time that it may linger. */
    record Gone(Instant since) implements Naming {}
  }

  /**
   * What the source said last.
   *
   * @param remarks what people should know besides
   */
  public record Report(Instant at, List<String> remarks) {
    public Report {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * What has to be remembered between two reports.
   *
   * @param losses when pools went, within the guard's window, oldest first
   * @param stale whether the source's long silence has been told
   */
  public record Memory(List<Instant> losses, boolean stale) {
    static final Memory EMPTY = new Memory(List.of(), false);

    public Memory {
      losses = List.copyOf(losses);
    }
  }

  /**
   * A set before any report.
   *
   * @param pools as a former run has left them
   */
  public static PoolSetState start(SourceName source, SortedMap<String, Known> pools) {
    return new PoolSetState(source, pools, Optional.empty(), Optional.empty(), Memory.EMPTY);
  }

  /** Whether its pools are known, from its source itself or from disk. */
  public boolean settled() {
    return report.isPresent() || !pools.isEmpty();
  }
}
