package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Job;
import dev.weir.model.PoolId;
import dev.weir.spi.JobStore;
import dev.weir.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of jobs promises. */
public abstract class JobStoreContract extends StoreContract {

  private static final Job.Order ORDER =
      new Job.Order(
          "drain",
          StoredSamples.ODD_TEXT,
          "alice",
          StoredSamples.NOON,
          StoredSamples.NOON.plusSeconds(600));

  private static Job job(String id, Job.Progress progress) {
    return new Job(id, ORDER, Set.of(new PoolId("web"), new PoolId("api")), progress);
  }

  private static Job queued(String id) {
    return job(id, new Job.InQueue());
  }

  private JobStore jobs() {
    return stores().jobs();
  }

  @Test
  final void keeps_jobs_over_a_kill_in_their_order_however_far_they_are() throws Exception {
    List<Job> all =
        List.of(
            queued("d"),
            job("c", new Job.Waiting(StoredSamples.NOON)),
            job(
                "b",
                new Job.Finished(
                    StoredSamples.NOON, StoredSamples.NOON.plusMillis(7), StoredSamples.ODD_TEXT)),
            job(
                "a",
                new Job.Failed(
                    Optional.of(StoredSamples.NOON), StoredSamples.NOON, StoredSamples.ODD_TEXT)),
            job("e", new Job.Failed(Optional.empty(), StoredSamples.NOON, "")));
    jobs().changeJobs(all, List.of());
    assertThat(killedAndReopened().jobs().loadJobs()).containsExactlyElementsOf(all);
  }

  @Test
  final void a_job_that_goes_on_keeps_its_place_and_others_are_dropped_with_it() throws Exception {
    jobs().changeJobs(List.of(queued("a"), queued("b"), queued("c")), List.of());
    Job begun = job("a", new Job.Waiting(StoredSamples.NOON));
    jobs().changeJobs(List.of(begun), List.of("b", "nobody"));
    assertThat(killedAndReopened().jobs().loadJobs()).containsExactly(begun, queued("c"));
  }

  @Test
  final void what_is_refused_has_changed_nothing() throws Exception {
    rig().fill();
    assertThatThrownBy(this::putMany).isInstanceOf(StoreException.class);
    rig().free();
    jobs().changeJobs(List.of(queued("last")), List.of());
    assertThat(jobs().loadJobs()).contains(queued("last"));
  }

  private void putMany() throws StoreException {
    for (int i = 0; i < 200; i++) {
      List<Job> many = new ArrayList<>();
      for (int j = 0; j < 20; j++) {
        many.add(queued(i + "-" + j));
      }
      jobs().changeJobs(many, List.of());
    }
  }
}
