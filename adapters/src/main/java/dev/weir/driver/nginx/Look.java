package dev.weir.driver.nginx;

import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.Condition;
import java.nio.file.Path;
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
   * same, the parent of the worker that answers is the master.
   */
  static Look at(NginxOptions options, ConfirmPort port) throws InterruptedException {
    ConfirmPort.Answer answer = port.ask();
    Master.Search search = Master.find(options);
    return switch (search) {
      case Master.Search.Found(Master master) -> running(master, answer);
      case Master.Search.Absent(String reason) -> withoutPid(reason, answer, options.pid());
      case Master.Search.Hidden(String reason) ->
          new Look(
              Optional.empty(),
              new Condition.Unreachable(reason),
              answer instanceof ConfirmPort.Answer.Content content
                  ? Optional.of(content.fingerprint())
                  : Optional.empty());
    };
  }

  /** The master alone; nothing is asked where the pid file names it. */
  static Optional<Master> master(NginxOptions options, ConfirmPort port)
      throws InterruptedException {
    return Master.find(options) instanceof Master.Search.Found found
        ? Optional.of(found.master())
        : at(options, port).master();
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

  private static Look withoutPid(String reason, ConfirmPort.Answer answer, Path pidFile) {
    if (!(answer instanceof ConfirmPort.Answer.Content content)) {
      return new Look(Optional.empty(), new Condition.NotRunning(reason), Optional.empty());
    }
    Optional<Master> master = Master.ofWorker(content.worker());
    Condition condition =
        master.isPresent()
            ? new Condition.Running(content.version())
            : new Condition.Unreachable(
                "nginx answers, but %s (expected: its master's number in %s)"
                    .formatted(reason, pidFile));
    return new Look(master, condition, Optional.of(content.fingerprint()));
  }
}
