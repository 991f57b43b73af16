package dev.weir.app.config;

import dev.weir.engine.catalog.PoolSetState;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pool set as configured: where pools are discovered, how they are called, and what each of them
 * starts from.
 *
 * @param each what is looked for
 * @param naming how its pools are called
 * @param prototype a pool of the set, but for its name and its source
 * @param policy how its pools come and go
 */
public record PoolSetConfig<E, O>(
    String name, Each<E, O> each, PoolNaming naming, PoolConfig prototype, Policy policy) {

  /**
   * What is looked for.
   *
   * @param need whether proxies that carry the set stay untouched until it has reported
   * @param select the labels of those members that its pools take; absent: all
   */
  public record Each<E, O>(
      SourceType<O> type,
      PoolSearch<E, O> search,
      E options,
      SourceConfig.Need need,
      Optional<LabelSelector> select) {}

  /** How its pools come and go. */
  public record Policy(int limit, Duration linger) {}

  /** The name of the source that tells which pools there are. */
  public SourceName source() {
    return SourceName.of(new PoolId(name), each.type().name() + "-pools");
  }

  /** Makes what finds its pools. */
  public PoolFinder open(Time time) {
    return each.search().open(each.options(), time);
  }

  /** How the set is cared for. */
  public PoolSetState.Policy care() {
    return new PoolSetState.Policy(prototype.policy().guard(), policy.limit(), policy.linger());
  }

  /** The pool that is made of what was found. */
  public PoolConfig pool(FoundPool found) {
    PoolId id = naming.name(found.key());
    SourceConfig.Entry<O> entry =
        new SourceConfig.Entry<>(
            each.type(), each.search().of(each.options(), found.key()), each.need(), each.select());
    SourceName source = SourceName.of(id, each.type().name());
    return prototype.of(name, id, List.of(new SourceConfig<>(source, id, entry)), found);
  }
}
