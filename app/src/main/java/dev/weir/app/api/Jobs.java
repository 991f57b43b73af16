package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonObject;
import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.Job;
import dev.weir.model.PoolId;
import dev.weir.spi.JobStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long things that people want done, each durable before it is acknowledged: in the order in
 * which they came, those that share no pool side by side. What a stop or a kill interrupts is done
 * again from the start, unless its time is over. Safe for any thread.
 */
public final class Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /** Of those that have ended. */
  private static final int KEPT = 100;

  /** How soon what could not be kept is tried again. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final JobStore store;
  private final Time time;

  /** Held by whoever writes the store, and never waited for with the other. */
  private final ReentrantLock writing = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // all below: guarded by lock
  private final Map<String, Job> jobs = new LinkedHashMap<>(); // oldest first
  private final Set<String> running = new HashSet<>();
  private final Set<String> unsaved = new HashSet<>();
  private boolean stirred;

  /** Does what a job wants. */
  @FunctionalInterface
  interface Worker {

    /**
     * Returns when it is done and confirmed.
     *
     * @param left how long it may take
     * @return the result
     * @throws ApiProblem when it is not done, or not confirmed in time
     */
    JsonObject work(Job job, Duration left) throws ApiProblem, InterruptedException;
  }

  private Jobs(JobStore store, Time time) {
    this.store = store;
    this.time = time;
  }

  /**
   * Those that the store knows.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  public static Jobs open(JobStore store, Time time) throws StoreException {
    Jobs opened = new Jobs(store, time);
    store.loadJobs().forEach(job -> opened.jobs.put(job.id(), job));
    return opened;
  }

  /**
   * Takes one in.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  Job add(Job.Order order, Set<PoolId> pools) throws StoreException {
    Job job = new Job(UUID.randomUUID().toString(), order, pools, new Job.InQueue());
    writing.lock();
    try {
      List<String> old = tooMany();
      store.changeJobs(List.of(job), old);
      guarded(() -> {
        jobs.keySet().removeAll(old);
        unsaved.removeAll(old);
        put(job);
      });
      return job;
    } finally {
      writing.unlock();
    }
  }

  /** The oldest of those that have ended. */
  private List<String> tooMany() {
    List<String> ended = all().stream().filter(Job::ended).map(Job::id).toList();
    return ended.subList(0, Math.max(0, ended.size() - KEPT));
  }

  /** Holding the lock. */
  private void put(Job job) {
    jobs.put(job.id(), job);
    stirred = true;
    changed.signalAll();
  }

  /** All of them, in the order in which they came. */
  List<Job> all() {
    lock.lock();
    try {
      return List.copyOf(jobs.values());
    } finally {
      lock.unlock();
    }
  }

  /**
   * One of them, once it has ended or the time is over.
   *
   * @param atMost zero or less: does not wait
   * @return absent where it is not known
   */
  Optional<Job> await(String id, Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (jobs.containsKey(id) && !jobs.get(id).ended() && left > 0) {
        time.await(lock, changed, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
      return Optional.ofNullable(jobs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** Has them done until interrupted; to be run by one thread. */
  void run(Worker worker) throws InterruptedException {
    try (TaskGroup tasks = new TaskGroup("jobs", new OnDeath.Report(Jobs::died), time)) {
      while (true) {
        for (Job job : begin()) {
          var _ = tasks.start("job " + job.id(), () -> done(job, worker));
        }
        save();
        rest();
      }
    } finally {
      guarded(running::clear); // they are begun again by the next run
    }
  }

  private static void died(String task, Throwable cause) {
    LOG.error("{} has died", task, cause);
  }

  /** Those whose turn it is. */
  private List<Job> begin() {
    lock.lock();
    try {
      List<Job> begun = new ArrayList<>();
      Set<PoolId> taken = new HashSet<>();
      for (Job job : List.copyOf(jobs.values())) {
        boolean free = job.pools().stream().noneMatch(taken::contains);
        if (!job.ended()) {
          taken.addAll(job.pools());
        }
        if (!job.ended() && free && running.add(job.id())) {
          Job waiting = job.now(new Job.Waiting(time.now()));
          begun.add(waiting);
          jobs.put(job.id(), waiting);
          unsaved.add(job.id());
          changed.signalAll();
        }
      }
      return begun;
    } finally {
      lock.unlock();
    }
  }

  private void done(Job job, Worker worker) throws InterruptedException {
    Job end = job.now(outcome(job, worker));
    writing.lock();
    try {
      keep(List.of(end)); // before anybody is told, so that no restart does it again
      guarded(() -> {
        running.remove(job.id());
        put(end);
      });
    } finally {
      writing.unlock();
    }
  }

  private Job.Progress outcome(Job job, Worker worker) throws InterruptedException {
    Instant since = time.now();
    Duration left = Duration.between(since, job.order().until());
    try {
      if (!left.isPositive()) {
        throw new ApiProblem(409, "too-late", "its time was over before it could be done");
      }
      JsonObject result = worker.work(job, left);
      return new Job.Finished(since, time.now(), Json.write(result));
    } catch (ApiProblem problem) {
      return failed(since, problem);
    } catch (RuntimeException e) {
      LOG.error("job {}: unexpected failure", job.id(), e);
      return failed(since, new ApiProblem(500, "internal", "a fault in Weir; its log says more"));
    }
  }

  private Job.Failed failed(Instant since, ApiProblem problem) {
    return new Job.Failed(Optional.of(since), time.now(), Json.write(problem.body()));
  }

  /** Keeps what is not kept yet. */
  private void save() {
    writing.lock();
    try {
      List<Job> behind = behind();
      if (!behind.isEmpty()) {
        keep(behind);
      }
    } finally {
      writing.unlock();
    }
  }

  private List<Job> behind() {
    lock.lock();
    try {
      return jobs.values().stream().filter(job -> unsaved.contains(job.id())).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps how far jobs are; what cannot be kept now is kept later. Holding the writer's lock. */
  private void keep(List<Job> now) {
    Set<String> ids = now.stream().map(Job::id).collect(Collectors.toSet());
    guarded(() -> unsaved.addAll(ids));
    try {
      store.changeJobs(now, List.of());
      guarded(() -> unsaved.removeAll(ids));
    } catch (StoreException e) {
      LOG.warn("how far jobs are is not kept yet: {}", e.getMessage());
    }
  }

  private void guarded(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /** Until there is something to do. */
  private void rest() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stirred && unsaved.isEmpty()) {
        changed.await();
      }
      if (!stirred) {
        time.await(lock, changed, RETRY);
      }
      stirred = false;
    } finally {
      lock.unlock();
    }
  }
}
