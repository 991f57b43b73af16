package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.spi.PauseStore;
import dev.weir.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every store of pauses promises. */
public abstract class PauseStoreContract extends StoreContract {

  private static final Pause ALL =
      new Pause(
          Optional.empty(),
          new Attribution(
              "alice",
              StoredSamples.NOON,
              Optional.of(StoredSamples.ODD_TEXT),
              Optional.of(StoredSamples.NOON.plusSeconds(60))));
  private static final Pause EDGE =
      new Pause(
          Optional.of(new ProxyName("edge")),
          new Attribution("bob", StoredSamples.NOON, Optional.empty(), Optional.empty()));

  private static final Pause PIN =
      new Pause(Optional.of(new ProxyName("inner")), OptionalLong.of(17), ALL.attribution());

  private PauseStore pauses() {
    return stores().pauses();
  }

  @Test
  final void keeps_pauses_over_a_kill() throws Exception {
    pauses().putPause(ALL);
    pauses().putPause(EDGE);
    pauses().putPause(PIN);

    assertThat(killedAndReopened().pauses().loadPauses()).containsExactlyInAnyOrder(ALL, EDGE, PIN);
  }

  @Test
  final void a_later_one_takes_the_place_of_the_former_and_one_is_dropped_alone() throws Exception {
    pauses().putPause(EDGE);
    pauses().putPause(new Pause(EDGE.proxy(), ALL.attribution()));
    pauses().putPause(ALL);
    pauses().dropPause(Optional.empty());
    pauses().dropPause(Optional.of(new ProxyName("nobody")));

    assertThat(pauses().loadPauses()).containsExactly(new Pause(EDGE.proxy(), ALL.attribution()));
  }

  @Test
  final void several_are_kept_and_dropped_together() throws Exception {
    pauses().putPauses(List.of(ALL, EDGE, PIN));
    assertThat(killedAndReopened().pauses().loadPauses()).containsExactlyInAnyOrder(ALL, EDGE, PIN);

    pauses().dropPauses(List.of(EDGE.proxy(), ALL.proxy()));
    assertThat(killedAndReopened().pauses().loadPauses()).containsExactly(PIN);
  }

  @Test
  final void a_pause_that_is_contested_stays_so_and_gives_way_together_with_others()
      throws Exception {
    Pause contested = PIN.contested(StoredSamples.ODD_TEXT);
    pauses().putPauses(List.of(ALL, EDGE, contested));
    assertThat(killedAndReopened().pauses().loadPauses())
        .containsExactlyInAnyOrder(ALL, EDGE, contested);

    pauses().changePauses(List.of(contested.settled()), List.of(EDGE.proxy(), ALL.proxy()));
    assertThat(killedAndReopened().pauses().loadPauses()).containsExactly(PIN);
  }

  @Test
  final void what_is_refused_has_changed_nothing() throws Exception {
    rig().fill();
    assertThatThrownBy(this::putMany).isInstanceOf(StoreException.class);
    rig().free();
    pauses().putPause(EDGE);
    assertThat(pauses().loadPauses()).contains(EDGE);
  }

  private void putMany() throws StoreException {
    for (int i = 0; i < 1000; i++) {
      pauses().putPause(new Pause(Optional.of(new ProxyName("p" + i)), ALL.attribution()));
    }
  }
}
