package dev.weir.app.config;

import dev.weir.spi.Shape;
import java.util.List;

/**
 * What is measured beside what always is.
 *
 * @param members each member, and each server that a proxy has for it
 */
public record MetricsConfig(boolean members) {

  static final MetricsConfig DEFAULT = new MetricsConfig(false);

  private static final Shape.Key<Boolean> MEMBERS =
      Shape.Key.defaulted(
          "members",
          Shape.flag(),
          false,
          "false",
          "Whether there are metrics of each member; proxies are asked for them at each request.");

  static final Shape<MetricsConfig> SHAPE =
      new Shape.Mapping<>(
          "members", List.of(MEMBERS), values -> new MetricsConfig(values.get(MEMBERS)));
}
