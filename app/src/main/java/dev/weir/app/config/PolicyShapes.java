package dev.weir.app.config;

import dev.weir.model.Address;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.spi.Durations;
import dev.weir.spi.Shape;
import java.time.Duration;
import java.util.List;

/** How guard, drain and empty of a pool are written. */
final class PolicyShapes {

  private static final Shape.Key<Double> MAX_LOSS =
      Shape.Key.defaulted(
          "max_loss",
          Shape.scalar("a share from 0% to 100%", PolicyShapes::share),
          GuardPolicy.DEFAULT.maxLoss(),
          "50%",
          "The share of the ready members that soft evidence may take away within the window.");
  private static final Shape.Key<Duration> WINDOW =
      duration("window", GuardPolicy.DEFAULT.window(), "The time over which losses add up.");
  private static final Shape.Key<Duration> MAX_HOLD =
      duration("max_hold", GuardPolicy.DEFAULT.maxHold(), "After this a held member is let go.");

  private static final Shape.Key<Duration> GRACE =
      duration(
          "grace",
          DrainPolicy.DEFAULT.grace(),
          "How long a member that left but still answers is drained; 0s removes it at once.");
  private static final Shape.Key<Duration> DEADLINE =
      duration(
          "deadline",
          DrainPolicy.DEFAULT.deadline(),
          "After this a drain ends whatever is still open.");

  private static final Shape.Key<EmptyPolicy> STATUS =
      Shape.Key.required(
          "status",
          Shape.integer(400, 599).map(EmptyPolicy.Status::new),
          "The proxy itself answers with this HTTP status.");
  private static final Shape.Key<EmptyPolicy> FALLBACK =
      Shape.Key.required(
          "fallback",
          Shape.scalar("IP:PORT or unix:/PATH", PolicyShapes::fallback),
          "The only server while the pool is empty.");

  static final Shape<GuardPolicy> GUARD =
      new Shape.Mapping<>(
          "max_loss, window, max_hold",
          List.of(MAX_LOSS, WINDOW, MAX_HOLD),
          values ->
              new GuardPolicy(values.get(MAX_LOSS), values.get(WINDOW), values.get(MAX_HOLD)));

  static final Shape<DrainPolicy> DRAIN =
      new Shape.Mapping<>(
          "grace, deadline",
          List.of(GRACE, DEADLINE),
          values -> new DrainPolicy(values.get(GRACE), values.get(DEADLINE)));

  static final Shape<EmptyPolicy> EMPTY =
      new Shape.Either<>(
          "{ status: 503 }, { fallback: ADDRESS } or keep",
          List.of(
              Shape.scalar("keep", PolicyShapes::keep),
              new Shape.Mapping<>("status", List.of(STATUS), values -> values.get(STATUS)),
              new Shape.Mapping<>("fallback", List.of(FALLBACK), values -> values.get(FALLBACK))));

  private PolicyShapes() {}

  private static EmptyPolicy keep(String text) {
    if (!text.equals("keep")) {
      throw new IllegalArgumentException("no such policy");
    }
    return new EmptyPolicy.Keep();
  }

  private static EmptyPolicy fallback(String text) {
    return switch (Address.parse(text)) {
      case Endpoint endpoint -> new EmptyPolicy.Fallback(endpoint);
      case Address.Host ignored -> throw new IllegalArgumentException("a name, not an IP");
    };
  }

  private static double share(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?%")) {
      throw new IllegalArgumentException("not a share");
    }
    double share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
    if (share > 1) {
      throw new IllegalArgumentException("more than all");
    }
    return share;
  }

  private static Shape.Key<Duration> duration(String name, Duration value, String doc) {
    return Shape.Key.defaulted(name, Durations.SHAPE, value, Durations.format(value), doc);
  }
}
