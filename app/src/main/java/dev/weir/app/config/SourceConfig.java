package dev.weir.app.config;

import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;

/** One source of one pool, as configured. */
public record SourceConfig<O>(SourceName name, PoolId pool, Entry<O> entry) {

  /** Whether a running proxy stays untouched until the source has reported. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  /** An item of a pool's {@code sources}, before it has a name. */
  public record Entry<O>(SourceType<O> type, O options, Need need) {

    /** Whether a check that only connects proves nothing of its members. */
    public boolean connectsInVain() {
      return type.connectsInVain(options);
    }
  }

  /** Makes the source. */
  public Source open(Time time) {
    return entry.type().open(entry.options(), new SourceType.Context(pool, name, time));
  }

  PoolDefinition.SourceBinding binding() {
    return new PoolDefinition.SourceBinding(name, entry.need() == Need.REQUIRED);
  }
}
