package dev.weir.testkit;

import dev.weir.model.Member;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.spi.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A source that is being watched on a thread of its own, and everything that it has reported. */
public final class WatchedSource implements AutoCloseable {

  private final Duration patience;
  private final Thread thread;

  /** Everything reported so far; guarded by itself, which is notified of every addition. */
  private final List<SourceReport> reports = new ArrayList<>();

  /** How {@code watch} ended, other than by interrupt; guarded by {@link #reports}. */
  private final List<Throwable> failures = new ArrayList<>();

  private WatchedSource(Source source, Duration patience) {
    this.patience = patience;
    this.thread = Thread.ofVirtual().name("watched-source").unstarted(() -> run(source));
  }

  /**
   * Starts watching.
   *
   * @param patience how long the awaiting methods wait
   */
  public static WatchedSource start(Source source, Duration patience) {
    WatchedSource watched = new WatchedSource(source, patience);
    watched.thread.start();
    return watched;
  }

  /** Waits for a report of exactly these names, among those not yet passed by {@code from}. */
  public Complete awaitMembers(int from, Set<String> names) throws InterruptedException {
    SourceReport found =
        await(
            from,
            "members " + names,
            report -> report instanceof Complete complete && names(complete).equals(names));
    return (Complete) found;
  }

  /** Waits for a report of exactly these names. */
  public Complete awaitMembers(Set<String> names) throws InterruptedException {
    return awaitMembers(0, names);
  }

  /** Waits until the source says that it cannot look. */
  public Unavailable awaitUnavailable(int from) throws InterruptedException {
    return (Unavailable) await(from, "no availability", Unavailable.class::isInstance);
  }

  /**
   * Waits for a report.
   *
   * @param from the number of reports to skip
   * @param what is waited for, for the failure
   */
  public SourceReport await(int from, String what, Predicate<SourceReport> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (reports) {
      int next = from;
      while (true) {
        for (; next < reports.size(); next++) {
          if (wanted.test(reports.get(next))) {
            return reports.get(next);
          }
        }
        long left = deadline - System.nanoTime();
        if (left <= 0 || !failures.isEmpty()) {
          throw missed(what);
        }
        reports.wait(left / 1_000_000 + 1);
      }
    }
  }

  private AssertionError missed(String what) {
    AssertionError error =
        new AssertionError("no report of " + what + " within " + patience + ", but " + reports);
    failures.forEach(error::addSuppressed);
    return error;
  }

  /** Everything reported so far, oldest first. */
  public List<SourceReport> reports() {
    synchronized (reports) {
      return List.copyOf(reports);
    }
  }

  /** How many reports there were so far. */
  public int count() {
    return reports().size();
  }

  /** The names of a report's members; of a member without a name, its address. */
  public static Set<String> names(Complete report) {
    return report.members().stream()
        .map(WatchedSource::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(Member member) {
    return member.name().orElseGet(() -> member.address().toString());
  }

  /**
   * Interrupts the source and waits for its end.
   *
   * @return how long that took
   * @throws AssertionError when it does not end, or had ended by itself
   */
  public Duration stop() throws InterruptedException {
    long begin = System.nanoTime();
    thread.interrupt();
    if (!thread.join(patience)) {
      throw new AssertionError("still watching " + patience + " after the interrupt");
    }
    synchronized (reports) {
      if (!failures.isEmpty()) {
        throw new AssertionError("ended by itself", failures.getFirst());
      }
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Interrupts the source and waits for its end, whatever it has done. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Source source) {
    try {
      source.watch(this::take);
      ended(new AssertionError("watch returned without an interrupt"));
    } catch (InterruptedException expected) {
      // what an interrupt asks for
    } catch (RuntimeException | Error failure) {
      ended(failure);
    }
  }

  private void take(SourceReport report) {
    synchronized (reports) {
      reports.add(report);
      reports.notifyAll();
    }
  }

  private void ended(Throwable failure) {
    synchronized (reports) {
      failures.add(failure);
      reports.notifyAll();
    }
  }
}
