package dev.weir.kv.env;

import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import java.util.List;

/** The {@code env} store: the environment that Weir was started with. */
public final class EnvironmentStoreType
    implements KeyValueStoreType<EnvironmentStoreType.Environment> {

  /** Weir's environment; there is no other. */
  public record Environment() {
    @Override
    public String toString() {
      return "environment";
    }
  }

  @Override
  public String name() {
    return "env";
  }

  @Override
  public Shape.Mapping<Environment> options() {
    return new Shape.Mapping<>("nothing else", List.of(), values -> new Environment());
  }

  @Override
  public KeyValueStore open(Environment options, Time time) {
    return new EnvironmentStore(System.getenv());
  }
}
