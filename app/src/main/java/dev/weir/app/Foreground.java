package dev.weir.app;

import dev.weir.app.api.ApiServer;
import dev.weir.app.cli.ExitCode;
import dev.weir.app.cli.Program.Exposure;
import dev.weir.app.cli.Program.RunRequest;
import dev.weir.app.cli.Program.Until;
import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Problem;
import dev.weir.app.config.WeirConfig;
import dev.weir.app.run.Logging;
import dev.weir.app.run.Signals;
import dev.weir.app.run.Start;
import dev.weir.app.run.Weir;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.Sync;
import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.store.sqlite.SqliteStore;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code weir run}: Weir in the foreground, from its start to the signal that stops it. */
final class Foreground {

  /** How long {@code --once} waits for the first reports and checks. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunRequest request;
  private final Start.Files files;
  private final Wiring wiring;
  private final PrintStream err;
  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

  /** What the world wants of a running Weir. */
  private enum Wish {
    RELOAD,
    STOP,
    /** A task has died that Weir is nothing without. */
    GIVE_UP
  }

  Foreground(RunRequest request, ConfigLoader loader, PrintStream err) {
    this.request = request;
    this.files = new Start.Files(request.config(), loader);
    this.wiring = new Wiring(files, request.hands(), (task, cause) -> wishes.add(Wish.GIVE_UP));
    this.err = err;
  }

  ExitCode run() {
    Logging.start(request.log());
    Signals.on("HUP", () -> wishes.add(Wish.RELOAD));
    Signals.on("TERM", () -> wishes.add(Wish.STOP));
    Signals.on("INT", () -> wishes.add(Wish.STOP));
    return switch (files.read()) {
      case Loaded.Accepted accepted ->
          withStore(
              accepted.config().state(),
              store -> Optional.of(Start.of(accepted, Time.SYSTEM.now())));
      case Loaded.Refused refused -> fallback(refused.problems());
    };
  }

  private ExitCode fallback(List<Problem> problems) {
    problems.forEach(err::println);
    Path state = files.stateFolder();
    if (!Files.isDirectory(state)) {
      err.println("No configuration was accepted before that could be used instead.");
      return ExitCode.USAGE;
    }
    return withStore(
        state, store -> Start.fallback(store.configuration(), files.loader(), problems));
  }

  /** Where a start comes from; empty when there is nothing to start with. */
  @FunctionalInterface
  private interface Beginning {
    Optional<Start> from(SqliteStore store) throws StoreException;
  }

  private ExitCode withStore(Path state, Beginning beginning) {
    try (SqliteStore store = wiring.open(state)) {
      Optional<Start> start = beginning.from(store);
      if (start.isEmpty()) {
        err.println("No configuration was accepted before that could be used instead.");
        return ExitCode.USAGE;
      }
      if (exposed(start.get().config())) {
        return ExitCode.USAGE;
      }
      return withWeir(start.get(), store);
    } catch (SetupException | StoreException e) {
      err.println(e.getMessage());
      return ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  /** Whether anybody could reach what is not protected; says so. */
  private boolean exposed(WeirConfig config) {
    boolean served = request.until() == Until.STOPPED && request.exposure() == Exposure.REFUSED;
    List<String> exposures =
        Wiring.offers(config).stream().flatMap(offer -> offer.exposure().stream()).toList();
    if (!served || exposures.isEmpty()) {
      return false;
    }
    exposures.forEach(err::println);
    err.println(
        "hint: weir run --insecure starts all the same: whoever reaches it reads everything, and"
            + " tokens cross the network in the clear.");
    return true;
  }

  private ExitCode withWeir(Start start, SqliteStore store)
      throws SetupException, StoreException, InterruptedException {
    try (Weir weir = wiring.wire(start, store)) {
      weir.start(start);
      return request.until() == Until.APPLIED ? once(weir) : untilStopped(weir);
    }
  }

  private ExitCode untilStopped(Weir weir) throws SetupException, InterruptedException {
    weir.keepInStep();
    ApiServer api = wiring.serve(weir);
    try {
      return untilWished(weir);
    } finally {
      api.close();
    }
  }

  private ExitCode untilWished(Weir weir) throws InterruptedException {
    while (true) {
      switch (wishes.take()) {
        case RELOAD -> weir.reload();
        case STOP -> {
          return ExitCode.DONE;
        }
        case GIVE_UP -> {
          return ExitCode.FAILED;
        }
      }
    }
  }

  private ExitCode once(Weir weir) throws InterruptedException {
    ExitCode worst = ExitCode.DONE;
    for (ProxyStatus status : weir.once(PATIENCE)) {
      ExitCode code = code(status);
      err.printf("%s (%s): %s%n", status.proxy(), status.kind(), told(status.sync()));
      worst = code.compareTo(worst) > 0 ? code : worst;
    }
    return worst;
  }

  private static ExitCode code(ProxyStatus status) {
    return switch (status.sync()) {
      case Sync.Reached ignored -> ExitCode.DONE;
      case Sync.WouldApply ignored -> ExitCode.DONE;
      case Sync.Behind ignored -> ExitCode.FAILED;
      case Sync.Waiting ignored -> ExitCode.TIMED_OUT;
    };
  }

  private static String told(Sync sync) {
    return switch (sync) {
      case Sync.Reached ignored -> "in step";
      case Sync.WouldApply would -> "would be changed: " + would.text();
      case Sync.Behind behind -> behind.reason();
      case Sync.Waiting waiting -> waiting.reason();
    };
  }
}
