package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.Condition;
import java.util.Optional;

/**
 * One look at the running nginx.
 *
 * @param master absent when it does not run, or cannot be signalled
 * @param loaded the fingerprint that it answers; absent when it does not answer with one
 */
record Look(Optional<Master> master, Condition condition, Optional<Fingerprint> loaded) {

  /**
   * Looks. The pid file names the master; where it does not and our content is answered all the
   * same, the parent of the worker that answers is the master. Where it cannot be told whether
   * nginx runs, it is unreachable and never taken for stopped.
   */
  static Look at(NginxOptions options, ConfirmPort port) throws InterruptedException {
    ConfirmPort.Answer answer = port.ask();
    Master.Search search = Master.find(options);
    return switch (search) {
      case Master.Search.Found(Master master) -> running(master, answer);
      case Master.Search.Absent(String reason) ->
          unnamed(new Condition.NotRunning(reason), reason, answer, options);
      case Master.Search.Hidden(String reason) ->
          unnamed(new Condition.Unreachable(reason), reason, answer, options);
    };
  }

  /** The master alone; nothing is asked where the pid file names it. */
  static Optional<Master> master(NginxOptions options, ConfirmPort port)
      throws InterruptedException {
    return Master.find(options) instanceof Master.Search.Found found
        ? Optional.of(found.master())
        : at(options, port).master();
  }

  /**
   * Why it cannot be told whether nginx runs; empty where it can, and where its master is known.
   */
  Optional<String> unknown() {
    return master.isEmpty() && condition instanceof Condition.Unreachable(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  private static Look running(Master master, ConfirmPort.Answer answer) {
    return switch (answer) {
      case ConfirmPort.Answer.Content c ->
          new Look(
              Optional.of(master),
              new Condition.Running(c.version()),
              Optional.of(c.fingerprint()));
      case ConfirmPort.Answer.Torn t ->
          new Look(Optional.of(master), new Condition.Running(t.version()), Optional.empty());
      case ConfirmPort.Answer.Refused r ->
          new Look(Optional.of(master), new Condition.Running(""), Optional.empty());
      case ConfirmPort.Answer.Stranger s ->
          new Look(Optional.of(master), new Condition.Running(""), Optional.empty());
      case ConfirmPort.Answer.Silent s ->
          new Look(
              Optional.of(master),
              new Condition.Unreachable(
                  "nginx master %d runs, but its workers do not answer".formatted(master.pid())),
              Optional.empty());
    };
  }

  /**
   * Nothing names the master, but a worker of it may have answered.
   *
   * @param silent what holds when none has
   * @param reason why nothing names it
   */
  private static Look unnamed(
      Condition silent, String reason, ConfirmPort.Answer answer, NginxOptions options) {
    return switch (answer) {
      case ConfirmPort.Answer.Content c ->
          answered(new Worker(c.worker(), c.version()), reason, options)
              .with(Optional.of(c.fingerprint()));
      case ConfirmPort.Answer.Torn t ->
          answered(new Worker(t.worker(), t.version()), reason, options);
      case ConfirmPort.Answer.Refused r -> new Look(Optional.empty(), silent, Optional.empty());
      case ConfirmPort.Answer.Silent s -> new Look(Optional.empty(), silent, Optional.empty());
      case ConfirmPort.Answer.Stranger s -> new Look(Optional.empty(), silent, Optional.empty());
    };
  }

  /**
   * Who answered.
   *
   * @param version of nginx
   */
  private record Worker(long pid, String version) {}

  /** In a container a worker knows itself by another number than it has here. */
  private static Look answered(Worker worker, String reason, NginxOptions options) {
    Optional<Master> master =
        options.container().isPresent() ? Optional.empty() : Master.ofWorker(worker.pid());
    Condition condition =
        master.isPresent()
            ? new Condition.Running(worker.version())
            : new Condition.Unreachable(
                options.container().isPresent()
                    ? reason
                    : "nginx answers, but %s (expected: its master's number in %s)"
                        .formatted(reason, options.pid()));
    return new Look(master, condition, Optional.empty());
  }

  private Look with(Optional<Fingerprint> fingerprint) {
    return new Look(master, condition, fingerprint);
  }
}
