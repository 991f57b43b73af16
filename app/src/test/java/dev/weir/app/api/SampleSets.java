package dev.weir.app.api;

import dev.weir.engine.catalog.PoolSetFold;
import dev.weir.engine.catalog.PoolSetState;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One pool set of two pools, whose source was lost after its first report. */
final class SampleSets {

  private static final PoolSetState.Policy POLICY =
      new PoolSetState.Policy(GuardPolicy.DEFAULT, 10, Duration.ofHours(1));

  private SampleSets() {}

  static Map<String, PoolSetState> states() {
    Instant at = Instant.now();
    PoolSetState start =
        PoolSetState.start(new SourceName("services/consul-pools"), new TreeMap<>());
    PoolsReport two = PoolsReport.Complete.of(List.of(FoundPool.of("a"), FoundPool.of("b")));
    PoolSetState named = PoolSetFold.report(start, two, POLICY, at).state();
    PoolsReport lost = new PoolsReport.Unavailable("connection refused");
    return Map.of("services", PoolSetFold.report(named, lost, POLICY, at).state());
  }
}
