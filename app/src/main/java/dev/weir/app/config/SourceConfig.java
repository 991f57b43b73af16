package dev.weir.app.config;

import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.Drains;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.util.Optional;

/** One source of one pool, as configured. */
public record SourceConfig<O>(SourceName name, PoolId pool, Entry<O> entry) {

  /** Whether a running proxy stays untouched until the source has reported. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  /**
   * An item of a pool's {@code sources}, before it has a name.
   *
   * @param select the labels of those of its members that the pool takes; absent: all
   */
  public record Entry<O>(SourceType<O> type, O options, Need need, Optional<LabelSelector> select) {

    /** Whether a check that only connects proves nothing of its members. */
    public boolean connectsInVain() {
      return type.connectsInVain(options);
    }
  }

  /** Makes the source, to look at only. */
  public Source open(Time time) {
    return open(time, Optional.empty());
  }

  /**
   * Makes the source.
   *
   * @param drains how far the pool's members are drained; absent where it is only looked at
   */
  public Source open(Time time, Optional<Drains> drains) {
    Source source =
        entry.type().open(entry.options(), new SourceType.Context(pool, name, time, drains));
    return entry.select().map(selector -> selected(source, selector)).orElse(source);
  }

  private static Source selected(Source source, LabelSelector selector) {
    return sink -> source.watch(report -> sink.report(selector.select(report)));
  }

  PoolDefinition.SourceBinding binding() {
    return new PoolDefinition.SourceBinding(name, entry.need() == Need.REQUIRED);
  }
}
