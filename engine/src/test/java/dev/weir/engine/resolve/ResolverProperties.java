package dev.weir.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.keeper.Resolutions;
import dev.weir.model.AbsentMember;
import dev.weir.model.Because.Cause;
import dev.weir.model.CatalogMember;
import dev.weir.model.Condition;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolInputs;
import dev.weir.model.Presence;
import dev.weir.model.Presence.Evidence;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.ServerState;
import dev.weir.model.Standing;
import dev.weir.model.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What the resolver keeps whatever its inputs are. */
class ResolverProperties {

  /** Everything that decides about one member. */
  record Drawn(
      int number, String name, Presence presence, Standing standing, Health health, int decree) {}

  /** A pool, and which of its members the proxy served when Weir came. */
  record Case(PoolInputs inputs, Map<Endpoint, ServerState> adopted) {
    DesiredPool resolve() {
      return Resolver.resolve(inputs, adopted);
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void eachMemberAppearsExactlyOnce(@ForAll("cases") Case drawn) {
    DesiredPool pool = drawn.resolve();

    List<MemberId> seen =
        Stream.concat(
                pool.members().stream().map(DesiredMember::id),
                pool.absent().stream().map(AbsentMember::member).map(Member::id))
            .toList();
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen)
        .containsAll(drawn.inputs().pool().members().stream().map(CatalogMember::id).toList());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anOverrideBeatsHealth(@ForAll("cases") Case drawn) {
    DesiredPool pool = drawn.resolve();
    Decrees decrees = new Decrees(drawn.inputs().overrides());

    for (DesiredMember member : pool.members()) {
      Member asMember = Member.of(member.id(), Pools.FILE).withLabels(member.labels());
      Optional<OperatorOverride> state = decrees.holding(asMember, Slot.STATE);
      state.ifPresent(override ->
          assertThat(member.state())
              .isEqualTo(
                  override.action() instanceof OperatorOverride.Drain
                      ? ServerState.DRAIN
                      : ServerState.MAINT));
      assertThat(decrees.holding(asMember, Slot.MEMBERSHIP).map(OperatorOverride::action))
          .isNotEqualTo(Optional.of(new OperatorOverride.Remove()));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void permutingInputsChangesNothing(@ForAll("cases") Case drawn, @ForAll Random random) {
    PoolInputs in = drawn.inputs();
    List<CatalogMember> members = new ArrayList<>(in.pool().members());
    Collections.shuffle(members, random);
    Pools shuffled = new Pools().with(p -> in.policy());
    shuffled.members.addAll(members);
    shuffled.health.putAll(in.health());
    shuffled.overrides.addAll(in.overrides());
    shuffled.lastReady.addAll(in.lastReady());

    assertThat(Resolver.resolve(shuffled.build(), drawn.adopted())).isEqualTo(drawn.resolve());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void sameInputsSameFingerprint(@ForAll("cases") Case a, @ForAll("cases") Case b) {
    DesiredPool first = a.resolve();

    assertThat(a.resolve().fingerprint()).isEqualTo(first.fingerprint());
    assertThat(b.resolve().fingerprint().equals(first.fingerprint()))
        .isEqualTo(essence(b.resolve()).equals(essence(first)));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void sharedAnswersAreOnesOwn(@ForAll("cases") Case drawn, @ForAll("cases") Case other) {
    Resolutions shared = new Resolutions();

    assertThat(shared.of(drawn.inputs(), other.adopted()))
        .isEqualTo(Resolver.resolve(drawn.inputs(), other.adopted()));
    assertThat(shared.of(drawn.inputs(), drawn.adopted())).isEqualTo(drawn.resolve());
    assertThat(shared.of(other.inputs(), drawn.adopted()))
        .isEqualTo(Resolver.resolve(other.inputs(), drawn.adopted()));
  }

  /** Everything but the wording of reasons. */
  private static List<String> essence(DesiredPool pool) {
    List<String> lines = new ArrayList<>();
    lines.add(pool.empty().toString());
    pool.members()
        .forEach(m ->
            lines.add(
                List.of(
                        m.name(),
                        m.endpoint(),
                        m.state(),
                        m.weight(),
                        m.backup(),
                        m.because().cause(),
                        m.labels())
                    .toString()));
    return lines;
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void theFloorIsNeverBrokenBySoftEvidenceAlone(@ForAll("cases") Case drawn) {
    DesiredPool pool = drawn.resolve();
    long ready = pool.members().stream().filter(m -> m.state() == ServerState.READY).count();

    if (ready < drawn.inputs().policy().floor()) {
      assertThat(pool.members())
          .as("members out although the floor is broken")
          .filteredOn(m -> m.because().cause() == Cause.CHECK_FAILED)
          .allMatch(m -> drawn.inputs().healthOf(m.id()) instanceof Health.Down d && d.refused());
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whenTheFloorKeepsOneItKeepsAllThatFailSoftly(@ForAll("cases") Case drawn) {
    DesiredPool pool = drawn.resolve();
    boolean floorKeeps =
        pool.members().stream().anyMatch(m -> m.because().detail().contains("below its floor"));

    if (floorKeeps) {
      assertThat(pool.members())
          .filteredOn(m -> m.because().cause() == Cause.CHECK_FAILED)
          .allMatch(m -> drawn.inputs().healthOf(m.id()) instanceof Health.Down d && d.refused());
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void namesAreSafeUniqueAndFreeOfOrder(@ForAll("cases") Case drawn, @ForAll Random random) {
    List<Member> members =
        new ArrayList<>(
            drawn.inputs().pool().members().stream().map(CatalogMember::member).toList());
    Map<MemberId, String> names = MemberNames.of(members);
    Collections.shuffle(members, random);

    assertThat(names.values()).doesNotHaveDuplicates();
    assertThat(names.values()).allMatch(name -> name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*"));
    assertThat(MemberNames.of(members)).isEqualTo(names);
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<List<Drawn>> members = member().list().ofMaxSize(8).uniqueElements(Drawn::number);
    Arbitrary<Boolean> checked =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false)));
    Arbitrary<Integer> floors = Arbitraries.integers().between(0, 4);
    Arbitrary<EmptyPolicy> empties = Arbitraries.of(EmptyPolicy.DEFAULT, new EmptyPolicy.Keep());
    Arbitrary<Set<Integer>> adopted = Arbitraries.integers().between(1, 12).set().ofMaxSize(6);
    return Combinators.combine(members, checked, floors, empties, adopted)
        .as(ResolverProperties::make);
  }

  private static Case make(
      List<Drawn> members, boolean checked, int floor, EmptyPolicy empty, Set<Integer> adopted) {
    Pools pools = new Pools().with(p -> p.withFloor(floor).withEmpty(empty));
    if (!checked) {
      pools.withoutCheck();
    }
    for (Drawn drawn : members) {
      Member member =
          Member.of(Pools.id(drawn.number()), Pools.FILE)
              .withName(drawn.name())
              .withCondition(drawn.number() % 5 == 0 ? Condition.DRAINING : Condition.READY);
      pools.has(member, drawn.presence(), drawn.standing(), drawn.health());
      decree(pools, drawn);
      if (drawn.number() % 3 == 0) {
        pools.lastReady.add(member);
      }
    }
    Map<Endpoint, ServerState> endpoints = new HashMap<>();
    adopted.forEach(
        n -> endpoints.put(Pools.endpoint(n), n % 4 == 0 ? ServerState.MAINT : ServerState.READY));
    return new Case(pools.build(), endpoints);
  }

  private static void decree(Pools pools, Drawn drawn) {
    switch (drawn.decree()) {
      case 0 -> pools.decides(drawn.number(), new OperatorOverride.Disable());
      case 1 -> pools.decides(drawn.number(), new OperatorOverride.Drain());
      case 2 -> pools.decides(drawn.number(), new OperatorOverride.Remove());
      case 3 -> pools.decides(drawn.number(), new OperatorOverride.Weight(drawn.number()));
      case 4 ->
          pools.decides(
              drawn.number(), new OperatorOverride.Add(Pools.member(drawn.number() + 50)));
      case 5 -> pools.decides(new Target.Everywhere(new TreeMap<>()), new OperatorOverride.Drain());
      default -> {
        // most members nobody has decided about
      }
    }
  }

  private static Arbitrary<Drawn> member() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("a", "a/b", "a b", "a_b", "", "ü;{}"),
            Arbitraries.strings().ofMaxLength(5));
    Arbitrary<Presence> presences =
        Arbitraries.of(
            new Presence.Present(),
            new Presence.Present(),
            new Presence.Present(),
            new Presence.Remembered(Pools.THEN),
            new Presence.Kept("limit", Pools.THEN),
            new Presence.Outgoing(Evidence.SOFT, "missing", Pools.THEN, Set.of()),
            new Presence.Leaving(Evidence.HARD, "ended", Pools.THEN),
            new Presence.Held("limit", Pools.THEN, Optional.empty(), Set.of()));
    Arbitrary<Health> health =
        Arbitraries.of(
            Health.UNKNOWN,
            Pools.up(),
            Pools.down(Kind.REFUSED),
            Pools.down(Kind.TIMEOUT),
            Pools.down(Kind.STATUS));
    return Combinators.combine(
            Arbitraries.integers().between(1, 12),
            names,
            presences,
            Arbitraries.of(Standing.class),
            health,
            Arbitraries.integers().between(0, 40))
        .as(Drawn::new);
  }
}
