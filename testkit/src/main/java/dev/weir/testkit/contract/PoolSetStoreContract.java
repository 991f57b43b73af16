package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.FoundPool;
import dev.weir.model.LastingPool;
import dev.weir.model.SourceName;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of the pools of pool sets promises: the newest of each set, after any end. */
public abstract class PoolSetStoreContract extends StoreContract {

  private static final SourceName SERVICES = new SourceName("services/consul-pools");
  private static final SourceName TEAMS = new SourceName("teams/docker-pools");

  private static final LastingPool NAMED = new LastingPool(FoundPool.of("web"), Optional.empty());
  private static final LastingPool ODD =
      new LastingPool(
          new FoundPool(StoredSamples.ODD_TEXT, Optional.of("/a=b&c%")),
          Optional.of(StoredSamples.NOON));

  @Test
  final void gives_back_the_newest_pools_of_each_set_after_a_kill() throws Exception {
    poolSets().savePools(SERVICES, List.of(NAMED));
    poolSets().savePools(TEAMS, List.of());
    poolSets().savePools(SERVICES, List.of(NAMED, ODD));

    assertThat(killedAndReopened().poolSets().loadPools())
        .containsOnly(Map.entry(SERVICES, List.of(NAMED, ODD)), Map.entry(TEAMS, List.of()));
  }

  @Test
  final void a_dropped_set_is_gone_alone() throws Exception {
    poolSets().savePools(SERVICES, List.of(NAMED));
    poolSets().savePools(TEAMS, List.of(ODD));
    poolSets().dropPools(SERVICES);
    poolSets().dropPools(new SourceName("nobody/etcd-pools"));

    assertThat(reopened().poolSets().loadPools()).containsOnly(Map.entry(TEAMS, List.of(ODD)));
  }

  @Test
  final void what_is_refused_has_changed_nothing() throws Exception {
    poolSets().savePools(SERVICES, List.of(NAMED));
    rig().fill();
    assertThatThrownBy(() -> poolSets().savePools(SERVICES, many()))
        .isInstanceOf(StoreException.class);
    rig().free();

    assertThat(poolSets().loadPools()).containsOnly(Map.entry(SERVICES, List.of(NAMED)));
  }

  private static List<LastingPool> many() {
    return IntStream.range(0, 20_000)
        .mapToObj(i -> new LastingPool(FoundPool.of("service-" + i), Optional.empty()))
        .toList();
  }

  private PoolSetStore poolSets() {
    return stores().poolSets();
  }
}
