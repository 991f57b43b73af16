package dev.weir.driver.nginx;

import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Outcome.Failed;
import dev.weir.model.Outcome.Rejected;
import dev.weir.model.Outcome.Way;
import dev.weir.publish.FileGroup;
import dev.weir.publish.GroupSwap;
import dev.weir.publish.StagedGroup;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Checkpoints.InjectedFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Gets a text into a running nginx: stage, check, swap, reload, confirm; and back, where it does
 * not take it. Where nginx does not run, its file is made ready. Used by one thread.
 */
final class Publication {

  private final NginxOptions options;
  private final DriverFiles owned;
  private final FileGroup files;
  private final TreeTrial test;
  private final Reloading reloading;
  private final Checkpoints checkpoints;
  private final ConfirmPort port;

  /** What is being done, for the outcome of a failure. */
  private String step = "";

  Publication(
      NginxOptions options,
      DriverFiles owned,
      TreeTrial test,
      Reloading reloading,
      ConfirmPort port,
      Checkpoints checkpoints) {
    this.options = options;
    this.owned = owned;
    this.files = owned.group();
    this.test = test;
    this.reloading = reloading;
    this.port = port;
    this.checkpoints = checkpoints;
  }

  /**
   * Brings nginx to these texts.
   *
   * @param texts by their files, Weir's own among them
   */
  Outcome publish(Fingerprint target, Map<Path, String> texts) throws InterruptedException {
    step = "stage";
    try {
      if (files.unfinished().isPresent()) {
        settle(Look.at(options, port).loaded());
      }
      if (files.hold(texts)) {
        return again(target, own(texts));
      }
      Look look = Look.at(options, port);
      Optional<String> unknown = look.unknown();
      return unknown.isPresent() ? new Failed("look", unknown.get()) : anew(target, texts, look);
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw interrupted(e);
    } catch (IOException | InjectedFailure e) {
      return new Failed(step, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Ends a swap that a killed or failed publication left: it stays when the running nginx serves
   * it, else the previous bytes come back.
   */
  void settle(Optional<Fingerprint> loaded) throws IOException {
    Optional<GroupSwap> unfinished = files.unfinished();
    if (unfinished.isEmpty()) {
      return;
    }
    Optional<Fingerprint> written = files.marker().read().flatMap(UpstreamsText::fingerprintIn);
    if (unfinished.get().isWhole() && written.isPresent() && written.equals(loaded)) {
      unfinished.get().keep();
    } else {
      unfinished.get().rollBack();
    }
  }

  /** What nginx says of texts that are not published. */
  Verdict judge(Map<Path, String> texts) throws IOException, InterruptedException {
    try (StagedGroup staged = files.stage(texts)) {
      return test.with(staged);
    }
  }

  private Outcome anew(Fingerprint target, Map<Path, String> texts, Look look)
      throws IOException, InterruptedException {
    try (StagedGroup staged = files.stage(texts)) {
      step("check");
      Optional<Endpoint.Ip> taken = taken(texts, look);
      if (taken.isPresent()) {
        return new Failed(
            step,
            "%s is taken by another program (expected: free for nginx; see its 'confirm')"
                .formatted(taken.get()));
      }
      Verdict verdict = test.with(staged);
      Optional<Outcome> refused = refused(verdict, staged);
      if (refused.isPresent()) {
        return refused.get();
      }
      step = "swap";
      GroupSwap swap = staged.swap();
      if (test.way() == TreeTrial.Way.BY_ITSELF) {
        Optional<Outcome> late = refused(test.asItIs(), staged, swap);
        if (late.isPresent()) {
          return late.get();
        }
      }
      return takeIn(target, texts, swap);
    }
  }

  /** Only where it is known what nginx itself listens on: nothing, or what the files say. */
  private Optional<Endpoint.Ip> taken(Map<Path, String> texts, Look look) throws IOException {
    if (options.container().isPresent()) {
      return Optional.empty(); // its addresses may be others
    }
    String wanted = owned.own(texts);
    if (look.condition() instanceof Condition.NotRunning) {
      return Listeners.taken(wanted, "");
    }
    String current = files.marker().read().orElse("");
    return look.loaded().equals(UpstreamsText.fingerprintIn(current))
        ? Listeners.taken(wanted, String.join("\n", owned.own().values()))
        : Optional.empty();
  }

  /** The file is right, and the running nginx does not serve it. */
  private Outcome again(Fingerprint target, String text) throws IOException, InterruptedException {
    Optional<Master> master = Look.master(options, port);
    if (master.isEmpty()) {
      return withoutMaster(target);
    }
    step("check");
    switch (test.asItIs()) {
      case Verdict.Passed passed -> {}
      case Verdict.NotAsked(String reason) -> {
        return new Failed(step, reason);
      }
      case Verdict.Refused refused -> {
        boolean foreign = refused.place().isEmpty() || !owned.isOwn(refused.place().get().file());
        return new Rejected(
            refused.message(), refused.place().map(Verdict.Place::toString), foreign);
      }
    }
    step("reload");
    return switch (reloading.reload(master.get(), wanted(text))) {
      case Reloading.Result.Confirmed c -> new Applied(target, Way.RELOAD);
      case Reloading.Result.Unconfirmed(String reason) -> new Failed(step, reason);
    };
  }

  /** The file is ready for the next start, unless it cannot be told whether nginx runs. */
  private Outcome withoutMaster(Fingerprint target) throws InterruptedException {
    return Look.at(options, port)
        .unknown()
        .<Outcome>map(reason -> new Failed("look", reason))
        .orElseGet(() -> new Applied(target, Way.FILES_ONLY));
  }

  private Outcome takeIn(Fingerprint target, Map<Path, String> texts, GroupSwap swap)
      throws IOException, InterruptedException {
    Optional<Master> master = Look.master(options, port);
    if (master.isEmpty()) {
      step = "keep";
      Outcome ready = withoutMaster(target);
      if (ready instanceof Failed) {
        swap.rollBack();
      } else {
        swap.keep();
      }
      return ready;
    }
    Reloading.Result result;
    try {
      step("reload");
      result = reloading.reload(master.get(), wanted(own(texts)));
    } catch (InjectedFailure e) {
      result = new Reloading.Result.Unconfirmed(String.valueOf(e.getMessage()));
    }
    return switch (result) {
      case Reloading.Result.Confirmed c -> {
        step = "keep";
        swap.keep();
        yield new Applied(target, Way.RELOAD);
      }
      case Reloading.Result.Unconfirmed(String reason) -> {
        String failed = step;
        yield new Failed(failed, reason + goBack(master.get(), texts, swap));
      }
    };
  }

  /**
   * The old configuration still runs; a reload that is still trying must not win in the end.
   *
   * @return what is to be added to the reason; empty when all is as it was
   */
  private String goBack(Master master, Map<Path, String> texts, GroupSwap swap)
      throws IOException, InterruptedException {
    step = "roll back";
    String previous = swap.previousMarker();
    swap.rollBack();
    if (mustStay(texts)) {
      return "; its file stays, nginx could not start with the one before";
    }
    step("reload again");
    Optional<Fingerprint> old = UpstreamsText.fingerprintIn(previous);
    if (old.isEmpty()) {
      return reloading.tell(master).map("; going back: "::concat).orElse("");
    }
    return switch (reloading.reloadAgain(master, old.get())) {
      case Reloading.Result.Confirmed c -> "";
      case Reloading.Result.Unconfirmed(String reason) -> "; going back: " + reason;
    };
  }

  /**
   * Puts the new texts, which have passed the test, back again where those before do not: a file
   * that somebody had deleted or damaged would keep nginx from starting.
   */
  private boolean mustStay(Map<Path, String> texts) throws IOException, InterruptedException {
    if (!(test.asItIs() instanceof Verdict.Refused)) {
      return false;
    }
    try (StagedGroup staged = files.stage(texts)) {
      if (!(test.with(staged) instanceof Verdict.Passed)) {
        return false;
      }
      staged.swap().keep();
      return true;
    }
  }

  private Optional<Outcome> refused(Verdict verdict, StagedGroup staged)
      throws InterruptedException {
    return switch (verdict) {
      case Verdict.Passed passed -> Optional.empty();
      case Verdict.NotAsked(String reason) -> Optional.of(new Failed(step, reason));
      case Verdict.Refused refused -> Optional.of(rejected(refused, staged));
    };
  }

  private Optional<Outcome> refused(Verdict verdict, StagedGroup staged, GroupSwap swap)
      throws IOException, InterruptedException {
    if (!(verdict instanceof Verdict.Passed)) {
      swap.rollBack();
    }
    return refused(verdict, staged);
  }

  /** Foreign is what nginx names outside Weir's own file and refuses without the new text too. */
  private Rejected rejected(Verdict.Refused refused, StagedGroup staged)
      throws InterruptedException {
    Optional<Verdict.Place> place =
        refused.place().flatMap(found -> TreeTrial.inside(found, staged)).or(refused::place);
    boolean ours = place.filter(found -> owned.isOwn(found.file())).isPresent();
    boolean foreign = !ours && test.asItIs() instanceof Verdict.Refused;
    return new Rejected(refused.message(), place.map(Verdict.Place::toString), foreign);
  }

  private String own(Map<Path, String> texts) {
    String text = texts.get(files.marker().target());
    if (text == null) {
      throw new IllegalArgumentException("no text for " + files.marker().target());
    }
    return text;
  }

  private static Fingerprint wanted(String text) {
    return UpstreamsText.fingerprintIn(text)
        .orElseThrow(() -> new IllegalArgumentException("a text without its fingerprint"));
  }

  private void step(String name) {
    step = name;
    checkpoints.before(name);
  }

  private static InterruptedException interrupted(IOException cause) {
    InterruptedException e = new InterruptedException("interrupted while writing");
    e.initCause(cause);
    return e;
  }
}
