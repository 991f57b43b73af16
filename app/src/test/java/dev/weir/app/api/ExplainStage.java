package dev.weir.app.api;

import dev.weir.engine.health.Candidate;
import dev.weir.engine.health.Probing;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Keeper;
import dev.weir.engine.keeper.Mailbox;
import dev.weir.engine.keeper.Seams;
import dev.weir.model.Address;
import dev.weir.model.Author;
import dev.weir.model.Condition;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.Target;
import dev.weir.spi.Durations;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeStore;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The real keeper of one pool with a check, on manual time, and what a script lets happen to its
 * members: news of their source, conclusions of their checks, decisions, time. Used by one thread.
 */
final class ExplainStage {

  private static final PoolId WEB = new PoolId("web");
  private static final SourceName FILE = SourceName.of(WEB, "static");
  private static final int PARTS = 6;

  private final ManualTime time = new ManualTime();
  private final Mailbox mailbox = new Mailbox(time);
  private final SampleWeir weir = new SampleWeir();
  private final Keeper keeper;
  private SortedSet<Integer> named = new TreeSet<>();
  private int first;

  ExplainStage() {
    FakeStore store = new FakeStore();
    Seams seams =
        new Seams(
            mailbox,
            time,
            new Nobody(),
            event -> {},
            new Seams.Stores(store, store),
            name -> {
              throw new UnknownHostException(name);
            },
            (name, pulse) -> () -> {});
    PoolDefinition pool =
        new PoolDefinition(
            WEB,
            PoolPolicy.DEFAULT.withCheck(PoolPolicy.CheckPolicy.DEFAULT),
            List.of(new PoolDefinition.SourceBinding(FILE, true)));
    try {
      keeper = Keeper.open(seams, List.of(pool));
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
    weir.proxy("edge", "web");
    step();
  }

  /** Probes nobody: the script says what checks conclude. */
  private static final class Nobody implements Probing {
    @Override
    public void follow(PoolId pool, List<Candidate> members) {}

    @Override
    public void look(Candidate member) {}
  }

  SampleWeir weir() {
    return weir;
  }

  /** From now on the parts are played by other members. */
  void cast(int round) {
    first = PARTS * round;
  }

  /** The member that plays a part. */
  int number(String part) {
    return first + Integer.parseInt(part);
  }

  static String address(int number) {
    return "10.0.0.%d:80".formatted(number + 1);
  }

  private static MemberId id(int number) {
    return new MemberId(WEB, Address.parse(address(number)));
  }

  private Member member(int number) {
    String host = "h" + (number - first);
    return Member.of(id(number), FILE)
        .withName("m" + number)
        .withLabels(new TreeMap<>(Map.of("host", host)));
  }

  /** Lets one thing happen. */
  void act(String line) throws Exception {
    String[] words = line.split(" +");
    List<Integer> parts =
        Arrays.stream(words).skip(1).filter(w -> w.matches("[0-9]")).map(this::number).toList();
    switch (words[0]) {
      case "report" -> report(new TreeSet<>(parts), List.of(), Map.of());
      case "draining" -> report(named, parts, Map.of());
      case "ended" -> ended(parts);
      case "silent" -> mailbox.sink(FILE).report(new SourceReport.Unavailable("it is away"));
      case "up" -> parts.forEach(n -> mailbox.concluded(id(n), new Health.Up(time.now())));
      case "refuses" -> parts.forEach(n -> down(n, ProbeResult.Kind.REFUSED));
      case "times-out" -> parts.forEach(n -> down(n, ProbeResult.Kind.TIMEOUT));
      case "drain" -> decide(parts, new OperatorOverride.Drain(), words);
      case "disable" -> decide(parts, new OperatorOverride.Disable(), words);
      case "pin" -> decide(parts, new OperatorOverride.Pin(), words);
      case "remove" -> decide(parts, new OperatorOverride.Remove(), words);
      case "enable" -> clear(parts, Slot.STATE);
      case "take-back" -> clear(parts, Slot.MEMBERSHIP);
      case "drain-host" -> set(host(words[1]), new OperatorOverride.Drain(), Optional.empty());
      case "enable-host" -> clear(host(words[1]), Slot.STATE);
      case "release" -> enqueue(new Command.Release(WEB, Author.of("alice")));
      case "later" -> later(Durations.parse(words[1]));
      default -> throw new IllegalArgumentException("no such thing happens: " + line);
    }
    step();
  }

  private void report(
      SortedSet<Integer> members, List<Integer> draining, Map<MemberId, String> ended) {
    List<Member> all = new ArrayList<>();
    for (int n : members) {
      all.add(draining.contains(n) ? member(n).withCondition(Condition.DRAINING) : member(n));
    }
    named = new TreeSet<>(members);
    mailbox.sink(FILE).report(new Complete(all, Absence.MISSING, ended));
  }

  private void ended(List<Integer> parts) {
    SortedSet<Integer> left = new TreeSet<>(named);
    left.removeAll(parts);
    Map<MemberId, String> ends = new HashMap<>();
    parts.forEach(n -> ends.put(id(n), "its container has died"));
    report(left, List.of(), ends);
  }

  private void down(int number, ProbeResult.Kind kind) {
    ProbeResult result = new ProbeResult(kind, "the script says so", Duration.ofMillis(1));
    mailbox.concluded(id(number), new Health.Down(time.now(), result));
  }

  /** For so long as the last word says, where that is a time. */
  private void decide(List<Integer> parts, Action action, String[] words) throws Exception {
    String last = words[words.length - 1];
    Optional<Duration> howLong =
        last.matches("[0-9]+[smh]") ? Optional.of(Durations.parse(last)) : Optional.empty();
    for (int n : parts) {
      set(new Target.One(id(n)), action, howLong);
    }
  }

  private void set(Target target, Action action, Optional<Duration> howLong) throws Exception {
    Optional<Instant> until = howLong.map(time.now()::plus);
    Attribution by = new Attribution("alice", time.now(), Optional.of("a test"), until);
    enqueue(new Command.SetOverride(new OperatorOverride(target, action, by)));
  }

  private void clear(List<Integer> parts, Slot slot) throws Exception {
    for (int n : parts) {
      clear(new Target.One(id(n)), slot);
    }
  }

  private void clear(Target target, Slot slot) throws Exception {
    enqueue(new Command.ClearOverride(target, slot, Author.of("alice")));
  }

  private static Target host(String name) {
    return new Target.InPool(WEB, new TreeMap<>(Map.of("host", name)));
  }

  private void enqueue(Command command) throws Exception {
    var _ = keeper.enqueue(command);
  }

  private void step() {
    var _ = keeper.step();
    weir.inputs(keeper.inputs());
  }

  /** Time passes; the keeper steps whenever it asked to. */
  private void later(Duration howLong) {
    Instant end = time.now().plus(howLong);
    Duration rest = keeper.step();
    while (!time.now().plus(rest).isAfter(end)) {
      time.advance(rest.isPositive() ? rest : Duration.ofMillis(1));
      rest = keeper.step();
    }
    time.advance(Duration.between(time.now(), end));
  }
}
