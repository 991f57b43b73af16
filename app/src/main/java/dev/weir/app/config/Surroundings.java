package dev.weir.app.config;

import dev.weir.spi.ProxyDriverType;
import java.util.HashMap;
import java.util.Map;

/** What stands around a pool's members, for each kind of proxy as the pool says it. */
public final class Surroundings {

  private final Map<ProxyDriverType<?, ?>, Object> byType;

  private Surroundings(Map<ProxyDriverType<?, ?>, Object> byType) {
    this.byType = Map.copyOf(byType);
  }

  /** What the pool says for this kind of proxy, or what that kind starts from. */
  @SuppressWarnings("unchecked") // put() took it as this type's surroundings
  public <S> S of(ProxyDriverType<?, S> type) {
    Object said = byType.get(type);
    return said == null ? type.defaultSurroundings() : (S) said;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Surroundings that && byType.equals(that.byType);
  }

  @Override
  public int hashCode() {
    return byType.hashCode();
  }

  /** Gathers them. */
  static final class Builder {

    private final Map<ProxyDriverType<?, ?>, Object> byType = new HashMap<>();

    <S> void put(ProxyDriverType<?, S> type, S surroundings) {
      byType.put(type, surroundings);
    }

    Surroundings build() {
      return new Surroundings(byType);
    }
  }
}
