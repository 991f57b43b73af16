package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.API;
import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.id;
import static dev.weir.engine.keeper.KeeperRig.member;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.engine.health.Candidate;
import dev.weir.model.Author;
import dev.weir.model.CatalogMember;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Add;
import dev.weir.model.OperatorOverride.Disable;
import dev.weir.model.OperatorOverride.Drain;
import dev.weir.model.OperatorOverride.Remove;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolId;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people tell the keeper: durable first, then part of the inputs, then acknowledged. */
class KeeperCommandsTest {
  private final KeeperRig rig = new KeeperRig();
  private final Target.One one = new Target.One(id(WEB, 1));

  @BeforeEach
  void start() {
    rig.start(
        pool(WEB, UnaryOperator.identity(), "file"), pool(API, UnaryOperator.identity(), "file"));
    rig.reports(WEB, 1, 2, 3, 4).reports(API, 1).step();
    rig.told();
  }

  private Ticket enqueue(Command command) {
    try {
      return rig.keeper().enqueue(command);
    } catch (Refused | StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOverrideIsDurableBeforeItIsAcknowledged() {
    Ticket ticket = enqueue(rig.set(one, new Drain()));
    assertThat(rig.disk.overrides).hasSize(1);
    assertThat(ticket.generation()).isEmpty();

    rig.step();

    assertThat(ticket.generation()).hasValue(rig.inputs().generation());
    assertThat(rig.inputs(WEB).overrides()).hasSize(1);
    assertThat(rig.inputs(API).overrides()).isEmpty();
    assertThat(rig.events).anyMatch(e -> e.by().filter("alice"::equals).isPresent());
    assertThat(rig.told()).containsExactly("override.set");
  }

  @Test
  void whatCannotBeStoredIsNotTaken() {
    rig.disk.full = true;

    assertThatThrownBy(() -> rig.keeper().enqueue(rig.set(one, new Drain())))
        .isInstanceOf(StoreException.class);
    rig.step();

    assertThat(rig.inputs(WEB).overrides()).isEmpty();
    assertThat(rig.told()).isEmpty();
  }

  @Test
  void aLaterOverrideOfTheSameSlotReplacesTheFormer() {
    enqueue(rig.set(one, new Drain()));
    enqueue(rig.set(one, new OperatorOverride.Weight(5)));
    enqueue(rig.set(one, new Disable()));
    rig.step();

    assertThat(rig.inputs(WEB).overrides())
        .extracting(OperatorOverride::action)
        .containsExactly(new OperatorOverride.Weight(5), new Disable());
  }

  @Test
  void clearingLetsDiscoveryAndChecksDecideAgain() {
    enqueue(rig.set(one, new Drain()));
    rig.step();
    rig.told();

    Ticket ticket = enqueue(new Command.ClearOverride(one, Slot.STATE, Author.of("bob")));
    rig.step();

    assertThat(ticket.generation()).hasValue(rig.inputs().generation());
    assertThat(rig.inputs(WEB).overrides()).isEmpty();
    assertThat(rig.disk.overrides).isEmpty();
    assertThat(rig.told()).containsExactly("override.cleared");
  }

  @Test
  void clearingWhatIsNotSetIsAcknowledgedWithTheGenerationOfNow() {
    long before = rig.inputs().generation();

    Ticket ticket = enqueue(new Command.ClearOverride(one, Slot.STATE, Author.of("bob")));
    rig.step();

    assertThat(ticket.generation()).hasValue(before);
    assertThat(rig.told()).isEmpty();
  }

  @Test
  void anOverrideExpiresByItself() {
    enqueue(rig.set(one, new Drain(), Duration.ofMinutes(30)));
    rig.later(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(rig.inputs(WEB).overrides()).hasSize(1);
    rig.told();

    rig.later(Duration.ofSeconds(1));

    assertThat(rig.inputs(WEB).overrides()).isEmpty();
    assertThat(rig.told()).containsExactly("override.expired");
    rig.beside();
    assertThat(rig.disk.overrides).isEmpty();
  }

  @Test
  void oneThatIsSetAnewIsNotDroppedWithTheExpiredOne() {
    enqueue(rig.set(one, new Drain(), Duration.ofMinutes(1)));
    rig.later(Duration.ofMinutes(1));
    enqueue(rig.set(one, new Drain(), Duration.ofHours(1)));

    rig.beside();

    assertThat(rig.disk.overrides).hasSize(1);
    assertThat(rig.inputs(WEB).overrides()).hasSize(1);
  }

  @Test
  void aSelectorEverywhereConcernsEveryPool() {
    enqueue(rig.set(new Target.Everywhere(new TreeMap<>()), new Drain()));
    rig.step();

    assertThat(rig.inputs(WEB).overrides()).hasSize(1);
    assertThat(rig.inputs(API).overrides()).hasSize(1);
  }

  @Test
  void anAddedMemberIsPartOfTheCatalogAndDrainedWhenItIsTakenBack() {
    enqueue(rig.set(new Target.One(id(WEB, 9)), new Add(member(WEB, 9))));
    rig.step();
    CatalogMember added = rig.inputs(WEB).pool().find(id(WEB, 9)).orElseThrow();
    assertThat(added.sources()).containsExactly(new SourceName("web/operator"));
    assertThat(rig.inputs().sources()).doesNotContainKey(new SourceName("web/operator"));

    enqueue(
        new Command.ClearOverride(new Target.One(id(WEB, 9)), Slot.MEMBERSHIP, Author.of("bob")));
    rig.step();

    assertThat(rig.inputs(WEB).pool().find(id(WEB, 9)).orElseThrow().presence())
        .isInstanceOf(Presence.Leaving.class);
    rig.later(Duration.ofSeconds(30));
    assertThat(rig.inputs(WEB).pool().find(id(WEB, 9))).isEmpty();
  }

  @Test
  void anAddedMemberIsProbedLikeAnyOther() {
    rig.start(pool(WEB, KeeperRig::checked, "file")).reports(WEB, 1).step();
    enqueue(rig.set(new Target.One(id(WEB, 9)), new Add(member(WEB, 9))));
    rig.step();

    assertThat(rig.followed.getOrDefault(WEB, List.of()))
        .extracting(Candidate::id)
        .contains(id(WEB, 9));
  }

  @Test
  void releasingAcceptsWhatTheGuardHolds() {
    rig.reports(WEB, 1).step();
    assertThat(rig.told(EventKind.GUARD_HELD)).isEqualTo(1);

    Ticket ticket = enqueue(new Command.Release(WEB, Author.of("alice")));
    rig.step();

    assertThat(ticket.generation()).hasValue(rig.inputs().generation());
    assertThat(rig.told()).contains("guard.released");
    rig.later(Duration.ofSeconds(30));
    assertThat(rig.members(WEB)).containsExactly(id(WEB, 1));
  }

  @Test
  void denyingKeepsItForGood() {
    rig.reports(WEB, 1).step();
    enqueue(new Command.Deny(WEB, Author.of("alice")));

    rig.later(Duration.ofDays(2));

    assertThat(rig.members(WEB)).hasSize(4);
  }

  @Test
  void aDisabledMemberIsNoLoss() {
    enqueue(rig.set(new Target.One(id(WEB, 2)), new Disable()));
    enqueue(rig.set(new Target.One(id(WEB, 3)), new Remove()));
    rig.step();

    rig.reports(WEB, 1).step();

    assertThat(rig.told(EventKind.MEMBER_HELD)).isZero();
  }

  @Test
  void whoComesDisabledRelievesNobody() {
    enqueue(rig.set(new Target.One(id(WEB, 5)), new Disable()));
    rig.step();

    rig.reports(WEB, 4, 5).step();

    assertThat(rig.inputs(WEB).pool().find(id(WEB, 1)).orElseThrow().presence())
        .isInstanceOf(Presence.Held.class);
  }

  @Test
  void aPoolThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatThrownBy(
            () -> rig.keeper().enqueue(new Command.Release(new PoolId("wbe"), Author.of("alice"))))
        .isInstanceOf(Refused.class)
        .hasMessage("pool: wbe (expected: one of api, web)");
    assertThatThrownBy(() ->
            rig.keeper().enqueue(rig.set(new Target.One(id(new PoolId("x"), 1)), new Drain())))
        .isInstanceOf(Refused.class);
    assertThat(rig.disk.overrides).isEmpty();
  }

  @Test
  void anEndThatIsPastIsRefused() {
    Command past = rig.set(one, new Drain(), Duration.ofMinutes(-5));

    assertThatThrownBy(() -> rig.keeper().enqueue(past))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("it was 5m ago");
  }

  @Test
  void addingOneMemberUnderTheNameOfAnotherIsRefused() {
    assertThatThrownBy(() -> rig.keeper().enqueue(rig.set(one, new Add(member(WEB, 9)))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void the_journal_says_what_was_before_and_after_why_and_by_which_request() throws Exception {
    Target one = new Target.One(id(WEB, 1));
    Command.SetOverride drain = rig.set(one, new OperatorOverride.Drain());
    enqueue(new Command.SetOverride(drain.override(), Optional.of("r-1")));
    enqueue(rig.set(one, new OperatorOverride.Disable()));
    enqueue(new Command.ClearOverride(one, Slot.STATE, new Author("bob", Optional.of("r-2"))));
    rig.step();

    assertThat(rig.events)
        .filteredOn(event -> event.audit().change().isPresent())
        .extracting(event -> event.audit().change().orElseThrow())
        .containsExactly(
            new Event.Change("none", "drain"),
            new Event.Change("drain", "disable"),
            new Event.Change("disable", "none"));
    assertThat(rig.events)
        .extracting(event -> event.audit().requestId())
        .contains(Optional.of("r-1"), Optional.of("r-2"));
  }

  @Test
  void anOverrideThatEndsIsAnnouncedFiveMinutesBeforeOnce() throws Exception {
    Target one = new Target.One(id(WEB, 1));
    enqueue(rig.set(one, new OperatorOverride.Drain(), Duration.ofMinutes(30)));
    enqueue(rig.set(new Target.One(id(WEB, 2)), new Drain(), Duration.ofMinutes(9)));
    rig.step();
    rig.time.advance(Duration.ofMinutes(24));
    rig.step();
    assertThat(rig.told()).doesNotContain("override.expiring");

    rig.time.advance(Duration.ofMinutes(1));
    rig.step();
    rig.step();
    assertThat(rig.told()).filteredOn("override.expiring"::equals).hasSize(1);
  }
}
