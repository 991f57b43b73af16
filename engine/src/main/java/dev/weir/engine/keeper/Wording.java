package dev.weir.engine.keeper;

import dev.weir.model.Event;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Target;
import java.util.Optional;

/** What people decided, in words for people. */
final class Wording {

  /** Nothing was decided. */
  static final String NONE = "none";

  private Wording() {}

  /** What an override concerns; a selector is named in the text. */
  static Event.Subject subject(Target target) {
    return switch (target) {
      case Target.One one -> Event.Subject.of(one.id());
      case Target.InPool inPool -> Event.Subject.of(inPool.pool());
      case Target.Everywhere ignored -> Event.Subject.WEIR;
    };
  }

  /** What is decided, about whom, why and until when. */
  static String decided(OperatorOverride override) {
    OperatorOverride.Attribution by = override.attribution();
    return of(override.action())
        + whom(override.target())
        + by.reason().map(reason -> ": " + reason).orElse("")
        + by.until().map(until -> ", until " + until).orElse("");
  }

  static String of(Optional<OperatorOverride> override) {
    return override.map(it -> of(it.action())).orElse(NONE);
  }

  static String of(OperatorOverride.Action action) {
    return switch (action) {
      case OperatorOverride.Add ignored -> "add";
      case OperatorOverride.Remove ignored -> "remove";
      case OperatorOverride.Disable ignored -> "disable";
      case OperatorOverride.Drain ignored -> "drain";
      case OperatorOverride.Pin ignored -> "pin";
      case OperatorOverride.Weight weight -> "weight " + weight.weight();
      case OperatorOverride.Shared shared -> "split " + shared.split();
    };
  }

  private static String whom(Target target) {
    return switch (target) {
      case Target.One ignored -> "";
      case Target.InPool inPool -> " of all with " + inPool.labels();
      case Target.Everywhere everywhere -> " of all in every pool with " + everywhere.labels();
    };
  }
}
