package dev.weir.spi;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.Revision;
import dev.weir.spi.ProxyDriverType.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Keeps one proxy in step: looks, says what it would do, does it. Used by one thread.
 *
 * <p>Promises, proved by the driver contract test (house rules in {@code docs/architecture.md}):
 * done is what the proxy reports, never what was written; killed or failed at any step, the last
 * good configuration serves, the file on disk passes the proxy's own check, and the next round
 * converges; hostile names, hosts and labels cannot break out of a directive or a command line.
 */
public interface ProxyDriver extends AutoCloseable {

  /**
   * What the proxy runs and what lies in its files; a text that {@link #upkeep} will write counts
   * as written.
   *
   * @param pools whose members are wanted; the rest of the answer is complete in any case
   * @return also when the proxy does not run or does not answer: then with that condition
   */
  Observed observe(Set<PoolId> pools) throws InterruptedException;

  /**
   * What would bring the proxy to the desired state. Pure: no I/O, the same arguments give the same
   * plan, byte for byte.
   *
   * @param desired all pools of this proxy
   * @param observed from this driver; pools missing in it are taken as they should be, unless the
   *     proxy was asked for them
   */
  Plan plan(DesiredState desired, Observed observed);

  /**
   * What of a plan that reloads needs no reload: done while that one has to wait. It leaves files
   * and proxy in agreement, and the rest as it was. Pure, like {@link #plan}.
   *
   * @param desired of the last plan
   * @param observed likewise
   * @return in step where there is nothing, or where that cannot be told apart
   */
  default Plan planWithoutReload(DesiredState desired, Observed observed) {
    return new Plan.InSync(desired.fingerprint());
  }

  /**
   * What would bring back what was published with an earlier revision, whatever is configured now.
   * Pure, like {@link #plan}. A driver that cannot publish the bytes themselves, because they are
   * the user's as well, brings the members back.
   *
   * @param revision of this proxy, with the same pools
   * @param observed all of the proxy, from this driver
   */
  default Plan restore(Revision revision, Observed observed) {
    return plan(revision.desired(), observed);
  }

  /**
   * What plans take from the user's own files because Weir's configuration does not say it, one
   * line each, for people. Looks at files only.
   */
  default List<String> borrowed() {
    return List.of();
  }

  /**
   * Carries the plan out and reads back.
   *
   * @return how it ended; {@code Applied} only when the proxy itself reports the new state
   * @throws InterruptedException soon after an interrupt; then as after a kill: the next round
   *     converges
   */
  Outcome apply(Plan plan) throws InterruptedException;

  /**
   * Does what was put off and is due: a file behind the run-time state, servers that could not be
   * deleted yet.
   *
   * @return when it wants to be called again; absent when nothing is put off
   */
  Optional<Duration> upkeep() throws InterruptedException;

  /**
   * Whether something was seen since the last {@link #observe} that calls for another look at all
   * pools before it is due: somebody else reloaded the proxy, or what was put off did not work.
   */
  default boolean wantsLook() {
    return false;
  }

  /**
   * The process of the proxy that was last looked at: another one after each reload, whoever did
   * it. Absent where the state of a proxy does not depend on it, or it was not there.
   */
  default Optional<String> process() {
    return Optional.empty();
  }

  /** What is put off, or cannot be done, and why, for people; empty when there is nothing. */
  default Optional<String> putOff() {
    return Optional.empty();
  }

  /**
   * How many processes of former configurations still serve the connections that they have, asked
   * now; 0 also where that is not known.
   */
  default int oldProcesses() {
    return 0;
  }

  /**
   * Looks after the drains that go on in the proxy, whoever began them: counts connections, and
   * ends what is due to end. Unlike {@link #upkeep} nothing waits for it to be done.
   *
   * @param access {@code LOOK} while the proxy must not be touched: then it only counts, and what
   *     is due is ended by the first call that may
   * @return when it wants to be called again; absent when nothing drains
   */
  default Optional<Duration> watch(Access access) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * The drains that go on, and those that ended within the last minute, as last seen. One that
   * vanishes while it runs was taken back. Proxies that cannot be asked have none.
   */
  default List<Drain> drains() {
    return List.of();
  }

  /** How new members of each pool come in, by what was last seen; empty where that is not told. */
  default List<PoolWay> ways() {
    return List.of();
  }

  /**
   * The pools that the proxy refuses, each with its own words: they stay as they were, all others
   * are kept in step. One leaves when the proxy takes it, or when it need not be taken any more.
   */
  default SortedMap<PoolId, String> frozen() {
    return Collections.emptySortedMap();
  }

  /**
   * Asks the proxy now what it counts for the servers of a pool. Unlike everything else it may be
   * called by any thread.
   *
   * @return empty where the proxy counts nothing, or does not carry the pool
   * @throws IOException when the proxy cannot be asked
   */
  default List<ServerRow> rows(PoolId pool) throws IOException, InterruptedException {
    return List.of();
  }

  /**
   * Files of the proxy's own configuration that changed since it read them: the next reload takes
   * them in. As of the last {@link #observe}.
   */
  default List<Path> foreignChanges() {
    return List.of();
  }

  /**
   * Changes whenever a file of the proxy's own configuration changes, cheap to compute: after a
   * refusal, the reason for another try.
   */
  String configurationStamp();

  /**
   * Whether a change of {@link #configurationStamp} calls for another look at any time, not only
   * after a refusal: what the proxy is to run is made from one of those files.
   */
  default boolean followsItsConfiguration() {
    return false;
  }

  /** For {@code weir check}: what is wrong or will hurt in this proxy's set-up. */
  List<Finding> inspect() throws InterruptedException;

  /** Ends connections and gives up locks; changes nothing in the proxy. */
  @Override
  void close();
}
