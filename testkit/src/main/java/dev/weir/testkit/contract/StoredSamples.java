package dev.weir.testkit.contract;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.Split;
import dev.weir.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of every kind, with text that a store could stumble over. */
public final class StoredSamples {

  /** A time with a fraction that must not be lost. */
  public static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123456789Z");

  /** Quotes, line breaks, a zero, other scripts, a character beyond 16 bits. */
  public static final String ODD_TEXT = "it's \"odd\"; --\n\r\t\\ \u0000 ünï 中 \uD83D\uDE00 %&=";

  private static final PoolId WEB = new PoolId("web");
  private static final Map<String, String> LABELS =
      Map.of("role", ODD_TEXT, ODD_TEXT, "", "a", "b");

  private StoredSamples() {}

  /** An override of one member of the pool {@code web}. */
  public static OperatorOverride override(int port, Action action) {
    return new OperatorOverride(new Target.One(id(port)), action, by("ann"));
  }

  /** The same override with a reason. */
  public static OperatorOverride because(OperatorOverride override, String reason) {
    Attribution old = override.attribution();
    return new OperatorOverride(
        override.target(),
        override.action(),
        new Attribution(old.by(), old.at(), Optional.of(reason), old.until()));
  }

  /** A member of the pool {@code web}. */
  public static MemberId id(int port) {
    return new MemberId(WEB, Address.of("10.0.0.1", port));
  }

  /** An override of every kind, for every kind of target and address. */
  public static List<OperatorOverride> overrides() {
    Target named = new Target.One(new MemberId(WEB, Address.parse("db.example:5432")));
    Target socket = new Target.One(new MemberId(WEB, Address.parse("unix:/run/app.sock")));
    Target six = new Target.One(new MemberId(WEB, Address.parse("[2001:db8::1]:80")));
    Attribution full =
        new Attribution(ODD_TEXT, NOON, Optional.of(ODD_TEXT), Optional.of(NOON.plusSeconds(60)));
    return List.of(
        override(1, new OperatorOverride.Add(fullMember(1))),
        override(2, new OperatorOverride.Add(Member.of(id(2), new SourceName("web/operator")))),
        override(3, new OperatorOverride.Remove()),
        new OperatorOverride(named, new OperatorOverride.Disable(), full),
        new OperatorOverride(socket, new OperatorOverride.Drain(), full),
        new OperatorOverride(six, new OperatorOverride.Weight(256), full),
        new OperatorOverride(
            new Target.InPool(WEB, new TreeMap<>(LABELS)), new OperatorOverride.Drain(), full),
        new OperatorOverride(
            new Target.Everywhere(new TreeMap<>(LABELS)), new OperatorOverride.Disable(), full),
        new OperatorOverride(
            Target.pool(WEB),
            new OperatorOverride.Shared(new Split(ODD_TEXT, new TreeMap<>(Map.of("x=&%\n", 12.5)))),
            full),
        new OperatorOverride(
            new Target.InPool(WEB, new TreeMap<>()), new OperatorOverride.Remove(), by("bob")),
        new OperatorOverride(
            new Target.Everywhere(new TreeMap<>()), new OperatorOverride.Weight(1), by("bob")));
  }

  /** A member with every part set. */
  public static Member fullMember(int port) {
    return new Member(
        id(port),
        Optional.of(ODD_TEXT),
        200,
        true,
        Condition.DRAINING,
        new TreeMap<>(LABELS),
        new SourceName("web/docker-2"));
  }

  private static Attribution by(String who) {
    return new Attribution(who, NOON, Optional.empty(), Optional.empty());
  }
}
