package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.config.PoolSetConfig;
import dev.weir.model.Event;
import dev.weir.model.FoundPool;
import dev.weir.model.LastingPool;
import dev.weir.model.PoolsReport;
import dev.weir.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the pools of a set by its reports and by time. */
class RunningSetTest {

  private static final Duration LINGER = Duration.ofMinutes(10);
  private static final FoundPool A = FoundPool.of("a");
  private static final FoundPool B = FoundPool.of("b");

  @TempDir private Path folder;
  private final ManualTime time = new ManualTime();
  private final List<Event> told = new ArrayList<>();

  @Test
  void poolsOfASetThatNowLooksForOthersLingerFromTheFirstReportOn() throws IOException {
    RunningSet former = restored(SampleSet.ofTag(folder, "lb", "linger: 10m"), A, B);
    PoolSetConfig<?, ?> other = SampleSet.ofTag(folder, "web", "linger: 10m");
    try (RunningSet set = RunningSet.after(Optional.of(former), other, time)) {
      set.take(new PoolsReport.Unavailable("403 ACL not found"), time.now(), told);
      time.advance(LINGER);
      tick(set);
      assertThat(found(set)).containsExactly(A, B);

      set.take(PoolsReport.Complete.of(List.of(A)), time.now(), told);
      tick(set);
      assertThat(found(set)).containsExactly(A, B);
      time.advance(LINGER);
      tick(set);
      assertThat(found(set)).containsExactly(A);
    }
  }

  private RunningSet restored(PoolSetConfig<?, ?> config, FoundPool... pools) {
    List<LastingPool> known =
        List.of(pools).stream().map(pool -> new LastingPool(pool, Optional.empty())).toList();
    return new RunningSet(config, RunningSet.restored(config, known), time);
  }

  private void tick(RunningSet set) {
    set.tick(time.now(), told);
    if (!set.lingered(time.now()).isEmpty()) {
      set.drop(Set.of(), time.now());
    }
  }

  private static List<FoundPool> found(RunningSet set) {
    return set.lasting().stream().map(LastingPool::found).toList();
  }
}
