package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Job;
import dev.weir.model.PoolId;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.testkit.fake.FakeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order jobs are done, and what of them survives what. */
@Timeout(60)
class JobsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeStore store = new FakeStore();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private TaskGroup tasks = group();

  private static TaskGroup group() {
    return new TaskGroup("test", new OnDeath.Report((name, e) -> {}), Time.SYSTEM);
  }

  @AfterEach
  void stop() {
    tasks.close();
  }

  private Jobs open() throws StoreException {
    return Jobs.open(store, Time.SYSTEM);
  }

  /** Works until its gate is opened, and fails where its body says so. */
  private JsonObject work(Job job, Duration left) throws ApiProblem, InterruptedException {
    begun.add(job.order().action());
    gates.computeIfAbsent(job.order().action(), ignored -> new CountDownLatch(1)).await();
    if (job.order().body().contains("fail")) {
      throw new ApiProblem(409, "refused", "as it was told");
    }
    return new JsonObject().with("done", job.order().action());
  }

  private Jobs running(Jobs jobs) {
    var _ = tasks.start("jobs", () -> jobs.run(this::work));
    return jobs;
  }

  private void let(String action) {
    gates.computeIfAbsent(action, ignored -> new CountDownLatch(1)).countDown();
  }

  private static Job.Order order(String action, String body) {
    Instant now = Instant.now();
    return new Job.Order(action, body, "alice", now, now.plus(LONG));
  }

  private static Job add(Jobs jobs, String action, String... pools) throws StoreException {
    Set<PoolId> ids = Arrays.stream(pools).map(PoolId::new).collect(Collectors.toSet());
    return jobs.add(order(action, "{}"), ids);
  }

  private static Job ended(Jobs jobs, Job job) throws InterruptedException {
    return jobs.await(job.id(), LONG).orElseThrow();
  }

  private static String status(Jobs jobs, Job job) throws InterruptedException {
    return JobJson.status(jobs.await(job.id(), Duration.ZERO).orElseThrow().progress());
  }

  @Test
  void one_at_a_time_works_on_a_pool_and_others_beside_it() throws Exception {
    Jobs jobs = running(open());
    Job first = add(jobs, "first", "web");
    Job both = add(jobs, "both", "web", "api");
    Job behind = add(jobs, "behind", "api");
    Job beside = add(jobs, "beside", "shop");
    await().until(() -> begun.containsAll(List.of("first", "beside")));
    assertThat(status(jobs, first)).isEqualTo("waiting");
    assertThat(status(jobs, both)).isEqualTo("in-queue");
    assertThat(status(jobs, behind)).isEqualTo("in-queue");

    let("first");
    await().until(() -> begun.contains("both"));
    assertThat(begun).doesNotContain("behind");
    assertThat(status(jobs, first)).isEqualTo("finished");
    let("both");
    let("behind");
    let("beside");
    assertThat(JobJson.of(ended(jobs, behind)).text("status")).contains("finished");
    assertThat(JobJson.of(ended(jobs, beside)).object("result"))
        .contains(new JsonObject().with("done", "beside"));
  }

  @Test
  void what_goes_wrong_is_kept_as_its_problem() throws Exception {
    Jobs jobs = running(open());
    let("rollback");
    Job job = jobs.add(order("rollback", "{\"fail\":true}"), Set.of());
    JsonObject json = JobJson.of(ended(jobs, job));
    assertThat(json.text("status")).contains("failed");
    assertThat(json.object("error").orElseThrow().text("type"))
        .contains("urn:weir:problem:refused");
    assertThat(json.text("ended_at")).isPresent();
  }

  @Test
  void what_a_stop_interrupts_is_done_again_and_what_has_ended_is_not() throws Exception {
    Jobs jobs = running(open());
    let("over");
    Job over = add(jobs, "over", "api");
    var _ = ended(jobs, over);
    var _ = add(jobs, "under", "web");
    Job queued = add(jobs, "queued", "web");
    await().until(() -> begun.contains("under"));
    tasks.close();
    begun.clear();
    tasks = group();

    Jobs again = running(open());
    await().until(() -> begun.contains("under"));
    assertThat(status(again, over)).isEqualTo("finished");
    assertThat(status(again, queued)).isEqualTo("in-queue");
    let("under");
    let("queued");
    assertThat(JobJson.status(ended(again, queued).progress())).isEqualTo("finished");
    assertThat(begun).containsExactly("under", "queued");
    assertThat(open().all()).extracting(Job::ended).containsExactly(true, true, true);
  }

  @Test
  void one_whose_time_is_over_is_not_begun() throws Exception {
    Jobs jobs = open();
    Instant past = Instant.now().minusSeconds(60);
    Job late = jobs.add(new Job.Order("late", "{}", "alice", past, past.plusSeconds(1)), Set.of());
    var _ = running(jobs);
    assertThat(JobJson.of(ended(jobs, late)).object("error").orElseThrow().text("type"))
        .contains("urn:weir:problem:too-late");
    assertThat(begun).isEmpty();
  }

  @Test
  void what_cannot_be_kept_is_not_taken_in() throws Exception {
    Jobs jobs = open();
    store.disk().fill();
    assertThatThrownBy(() -> add(jobs, "drain", "web")).isInstanceOf(StoreException.class);
    assertThat(jobs.all()).isEmpty();
  }

  @Test
  void a_disk_that_fills_meanwhile_stops_no_job_and_its_end_is_kept_later() throws Exception {
    Jobs jobs = running(open());
    Job job = add(jobs, "drain", "web");
    await().until(() -> begun.contains("drain"));
    store.disk().fill();
    let("drain");
    assertThat(JobJson.status(ended(jobs, job).progress())).isEqualTo("finished");
    store.disk().free();
    await().atMost(LONG).until(() -> open().all().getFirst().ended());
  }

  @Test
  void only_the_newest_hundred_that_have_ended_are_kept() throws Exception {
    Jobs jobs = running(open());
    let("quick");
    Job first = add(jobs, "quick");
    var _ = ended(jobs, first);
    for (int i = 0; i < 110; i++) {
      var _ = ended(jobs, add(jobs, "quick"));
    }
    assertThat(jobs.all()).hasSizeBetween(100, 101);
    assertThat(jobs.await(first.id(), Duration.ZERO)).isEqualTo(Optional.empty());
    assertThat(open().all()).hasSameSizeAs(jobs.all());
  }
}
