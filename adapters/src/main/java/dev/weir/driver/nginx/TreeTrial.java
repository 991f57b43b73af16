package dev.weir.driver.nginx;

import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.NotStarted;
import dev.weir.publish.ProgramResult.TimedOut;
import dev.weir.publish.Programs;
import dev.weir.publish.ReloadWay;
import dev.weir.publish.StagedFile;
import dev.weir.publish.StagedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has nginx test its configuration: as it lies on disk, or with a staged file in its target's
 * place.
 *
 * <p>For the latter the staged file is mounted over the target in a mount namespace of the test's
 * own, where that is permitted: the very tree that nginx will read is tested, with every include,
 * and nobody else sees it. Where it is not, the staged file is tested inside a small configuration
 * of its own, and the real tree after the swap. Used by one thread.
 */
final class TreeTrial {

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int MOUNT_REFUSED = 97;

  /** The arguments are a number of pairs, the pairs, and the test. */
  private static final String MOUNT_AND_RUN =
      ("n=$1; shift; while [ $n -gt 0 ]; do mount --bind \"$1\" \"$2\" || exit %d; shift 2;"
              + " n=$((n - 1)); done; exec \"$@\"")
          .formatted(MOUNT_REFUSED);

  private final NginxOptions options;
  private final Path scratch;
  private Way way;

  /** How a staged file is tested. */
  enum Way {
    /** In its target's place, seen by the test alone. */
    MOUNTED,
    /** By itself; the real tree has to be tested after the swap. */
    BY_ITSELF
  }

  /**
   * @param scratch a folder of its own for the second way; a container has one beside Weir's file
   * @param way the first way to try; it falls back to the other one for good
   */
  TreeTrial(NginxOptions options, Path scratch, Way way) {
    this.options = options;
    this.scratch =
        options.container().isPresent()
            ? options
                .upstreams()
                .resolveSibling("." + options.upstreams().getFileName() + ".weir-test")
            : scratch;
    this.way = options.container().isPresent() ? Way.BY_ITSELF : way;
  }

  /** How the last staged file was tested. */
  Way way() {
    return way;
  }

  /** The real tree as it is. */
  Verdict asItIs() throws InterruptedException {
    return verdict(run(options.config()));
  }

  /**
   * The tree with the staged files; {@link #way} says afterwards how far it was tested. By
   * themselves only Weir's own can be tested: the last one, and that of {@code stream}.
   */
  Verdict with(StagedGroup staged) throws InterruptedException, IOException {
    if (staged.files().isEmpty()) {
      return asItIs();
    }
    Path last = staged.files().getLast().path();
    if (options.template().isPresent()) {
      return wholeFile(last, staged.files().getLast().target());
    }
    if (way == Way.MOUNTED) {
      ProgramResult result = Programs.run(mounted(staged), MOST);
      if (!notPermitted(result)) {
        return verdict(result);
      }
      way = Way.BY_ITSELF;
    }
    Path main = new Scratch(scratch, options.paths()).write(options.config(), last, stream(staged));
    return verdict(run(main));
  }

  private Optional<Path> stream(StagedGroup staged) {
    Optional<Path> named = options.stream();
    return staged.files().stream()
        .filter(file -> named.filter(path -> same(path, file.target())).isPresent())
        .map(StagedFile::path)
        .findFirst();
  }

  private ProgramResult run(Path main) throws InterruptedException {
    List<String> test = test(options.paths().there(main));
    return options.container().isPresent()
        ? options.container().get().run(test, MOST)
        : Programs.run(test, MOST);
  }

  /** The whole tree hangs on it, and finds what it includes beside it as beside its target. */
  private Verdict wholeFile(Path staged, Path target) throws InterruptedException {
    return switch (verdict(run(staged))) {
      case Verdict.Passed passed -> passed;
      case Verdict.NotAsked notAsked -> notAsked;
      case Verdict.Refused(String message, Optional<Verdict.Place> place) ->
          new Verdict.Refused(message.replace(staged.toString(), target.toString()), place);
    };
  }

  private List<String> test(Path main) {
    return List.of(options.binary(), "-t", "-q", "-c", main.toString());
  }

  private List<String> mounted(StagedGroup staged) {
    List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", MOUNT_AND_RUN));
    command.addAll(List.of("sh", Integer.toString(staged.files().size())));
    for (StagedFile file : staged.files()) {
      command.addAll(List.of(file.path().toString(), file.target().toString()));
    }
    command.addAll(test(options.config()));
    return command;
  }

  private static boolean notPermitted(ProgramResult result) {
    return switch (result) {
      case Exited exited ->
          exited.code() == MOUNT_REFUSED || exited.output().err().startsWith("unshare:");
      case TimedOut timedOut -> false;
      case NotStarted notStarted -> true;
    };
  }

  private Verdict verdict(ProgramResult result) {
    return switch (result) {
      case Exited exited -> exited.succeeded() ? new Verdict.Passed() : judged(exited);
      case TimedOut timedOut ->
          new Verdict.NotAsked(
              "nginx -t did not end within %ds (expected: an answer; a name that does not resolve"
                      .formatted(timedOut.after().toSeconds())
                  + " makes it wait)");
      case NotStarted notStarted -> withoutNginx(notStarted.reason());
    };
  }

  /** Where a command reloads an nginx that cannot be run here, its exit code is the test. */
  private Verdict withoutNginx(String reason) {
    return options.reload() instanceof ReloadWay.Command
        ? new Verdict.Passed()
        : new Verdict.NotAsked(reason);
  }

  /** What the shell says when it does not find nginx is no word of nginx. */
  private Verdict judged(Exited exited) {
    return exited.code() == 126 || exited.code() == 127
        ? withoutNginx(exited.output().text())
        : Verdict.refusal(exited.output().text()).at(options.paths()::here);
  }

  /** The place in the file that a staged one will replace; absent where it is in neither. */
  static Optional<Verdict.Place> inside(Verdict.Place place, StagedGroup staged) {
    return staged.files().stream()
        .filter(file -> same(place, file))
        .map(file -> new Verdict.Place(file.target(), place.line()))
        .findFirst();
  }

  private static boolean same(Verdict.Place place, StagedFile staged) {
    return place.file().equals(staged.path()) || same(place.file(), staged.target());
  }

  private static boolean same(Path one, Path other) {
    try {
      return one.equals(other) || Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }
}
