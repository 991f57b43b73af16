package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Disable;
import dev.weir.model.OperatorOverride.Drain;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.OperatorOverride.Weight;
import dev.weir.model.Target;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every store of overrides promises: what was acknowledged survives a kill; what was refused
 * has changed nothing; damage is reported and never silently replaced.
 */
public abstract class OverrideStoreContract extends StoreContract {

  @Test
  final void is_empty_at_first() throws Exception {
    assertThat(overrides().load()).isEmpty();
  }

  @Test
  final void keeps_every_kind_of_override_in_order() throws Exception {
    for (OperatorOverride override : StoredSamples.overrides()) {
      overrides().put(override);
    }

    assertThat(overrides().load()).isEqualTo(StoredSamples.overrides());
    assertThat(reopened().overrides().load()).isEqualTo(StoredSamples.overrides());
  }

  @Test
  final void a_later_one_takes_the_place_of_another_in_its_slot_only() throws Exception {
    OperatorOverride weight = StoredSamples.override(1, new Weight(5));
    OperatorOverride other = StoredSamples.override(2, new Disable());
    OperatorOverride drain = StoredSamples.override(1, new Drain());
    overrides().put(StoredSamples.override(1, new Disable()));
    overrides().put(weight);
    overrides().put(other);

    overrides().put(drain);

    assertThat(overrides().load()).containsExactly(weight, other, drain);
    assertThat(reopened().overrides().load()).containsExactly(weight, other, drain);
  }

  @Test
  final void changes_several_together_or_none() throws Exception {
    OperatorOverride first = StoredSamples.override(1, new Disable());
    OperatorOverride second = StoredSamples.override(2, new Weight(5));
    overrides().put(first);
    overrides()
        .change(
            List.of(
                new OverrideStore.Change.Set(second),
                new OverrideStore.Change.Clear(first.target(), first.slot())));
    assertThat(killedAndReopened().overrides().load()).containsExactly(second);

    List<OverrideStore.Change> many = new ArrayList<>();
    for (int port = 10; port < 3000; port++) {
      many.add(
          new OverrideStore.Change.Set(
              StoredSamples.because(StoredSamples.override(port, new Drain()), "x".repeat(500))));
    }
    rig().fill();
    assertThatThrownBy(() -> overrides().change(many)).isInstanceOf(StoreException.class);
    rig().free();
    assertThat(reopened().overrides().load()).containsExactly(second);
  }

  @Test
  final void clears_one_and_leaves_the_others() throws Exception {
    OperatorOverride weight = StoredSamples.override(1, new Weight(5));
    OperatorOverride other = StoredSamples.override(2, new Disable());
    Target first = new Target.One(StoredSamples.id(1));
    overrides().put(StoredSamples.override(1, new Disable()));
    overrides().put(weight);
    overrides().put(other);

    overrides().clear(first, Slot.STATE);
    overrides().clear(first, Slot.MEMBERSHIP);

    assertThat(overrides().load()).containsExactly(weight, other);
    assertThat(killedAndReopened().overrides().load()).containsExactly(weight, other);
  }

  @Test
  final void clears_every_kind_of_target() throws Exception {
    for (OperatorOverride override : StoredSamples.overrides()) {
      overrides().put(override);
    }

    for (OperatorOverride override : StoredSamples.overrides()) {
      overrides().clear(override.target(), override.slot());
    }

    assertThat(overrides().load()).isEmpty();
  }

  @Test
  final void what_was_acknowledged_survives_a_kill() throws Exception {
    List<OperatorOverride> acknowledged = new ArrayList<>();
    for (OperatorOverride override : StoredSamples.overrides()) {
      overrides().put(override);
      acknowledged.add(override);

      assertThat(killedAndReopened().overrides().load()).isEqualTo(acknowledged);
    }
  }

  @Test
  final void damage_is_reported_again_and_again_and_nothing_is_replaced() throws Exception {
    for (OperatorOverride override : StoredSamples.overrides()) {
      overrides().put(override);
    }
    rig().shut();
    rig().damage();

    assertThatThrownBy(this::openAndLoad).isInstanceOf(StoreException.class);
    assertThatThrownBy(this::openAndLoad).isInstanceOf(StoreException.class);
  }

  private List<OperatorOverride> openAndLoad() throws StoreException {
    try {
      return rig().open().overrides().load();
    } finally {
      rig().shut();
    }
  }

  @Test
  final void what_could_not_be_written_has_changed_nothing() throws Exception {
    OperatorOverride first = StoredSamples.override(1, new Disable());
    OperatorOverride second = StoredSamples.override(1, new Drain());
    overrides().put(first);
    rig().fill();

    assertThatThrownBy(() -> putUntilRefused(second)).isInstanceOf(StoreException.class);

    assertThat(overrides().load()).doesNotContain(second).contains(first);
    rig().free();
    overrides().put(second);
    assertThat(killedAndReopened().overrides().load()).contains(second).doesNotContain(first);
  }

  /** A full disk may still have room for a few small writes. */
  private void putUntilRefused(OperatorOverride last) throws StoreException {
    String filler = "x".repeat(4000);
    for (int port = 1000; port < 2000; port++) {
      overrides().put(StoredSamples.because(StoredSamples.override(port, new Drain()), filler));
    }
    overrides().put(last);
  }

  @Test
  final void takes_overrides_from_several_threads() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writes = new ArrayList<>();
      for (int port = 1; port <= 40; port++) {
        OperatorOverride override = StoredSamples.override(port, new Drain());
        writes.add(
            threads.submit(() -> {
              overrides().put(override);
              return null;
            }));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    }

    assertThat(overrides().load()).hasSize(40);
  }

  private OverrideStore overrides() {
    return stores().overrides();
  }
}
