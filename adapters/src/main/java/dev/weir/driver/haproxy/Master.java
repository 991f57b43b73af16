package dev.weir.driver.haproxy;

import dev.weir.publish.EngineContainer;
import dev.weir.publish.ReloadWay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * HAProxy's master process, found without believing any one witness: it is the parent of the worker
 * that answers on the socket, it is an HAProxy, and the pid file, when it names a living process at
 * all, names the same one. The pid file alone will not do: it is empty for a moment in most
 * reloads, and it outlives its process.
 */
final class Master {

  private static final Path PROC = Path.of("/proc");
  private static final int LONGEST_COMM = 15;

  private final HaproxyOptions options;
  private final Path pidFile;
  private final String program;

  Master(HaproxyOptions options) {
    this.options = options;
    this.pidFile = options.pid();
    String name = String.valueOf(Path.of(options.binary()).getFileName());
    this.program = name.length() > LONGEST_COMM ? name.substring(0, LONGEST_COMM) : name;
  }

  /** The master could not be told for certain; the message says why and what was expected. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(String message) {
      super(message);
    }
  }

  /** What a master is doing. */
  enum Phase {
    /** It waits for signals. */
    WAITING,
    /** It reads its files and starts a worker. */
    LOADING,
    GONE,
    /** Its environment cannot be read, or says neither. */
    UNKNOWN
  }

  /** The pid of the master of this worker. */
  long of(long worker) throws Unknown {
    OptionalLong named = named();
    Optional<ProcessHandle> process = ProcessHandle.of(worker);
    if (process.isEmpty() || !isHaproxy(worker)) {
      throw new Unknown(
          "the worker calls itself pid %d, which is no HAProxy here (expected: Weir and HAProxy in"
                  .formatted(worker)
              + " one pid namespace)");
    }
    long parent = process.flatMap(ProcessHandle::parent).map(ProcessHandle::pid).orElse(0L);
    if (!isHaproxy(parent)) {
      throw new Unknown(
          named.isPresent() && named.getAsLong() != worker
              ? "the master is gone, its worker %d still serves (expected: restart HAProxy)"
                  .formatted(worker)
              : "HAProxy %d has no master process (expected: master-worker mode, haproxy -W)"
                  .formatted(worker));
    }
    boolean one = options.sockets().size() == 1; // several may have a master each
    if (one && named.isPresent() && named.getAsLong() != parent && isHaproxy(named.getAsLong())) {
      throw new Unknown(
          "%s names HAProxy %d, but the worker on the socket belongs to %d (expected: one HAProxy)"
              .formatted(pidFile, named.getAsLong(), parent));
    }
    return parent;
  }

  /** Whether the master of this worker, if it has one, is loading its files. */
  boolean isLoading(long worker) {
    return ProcessHandle.of(worker)
        .flatMap(ProcessHandle::parent)
        .filter(parent -> isHaproxy(parent.pid()) && phase(parent.pid()) == Phase.LOADING)
        .isPresent();
  }

  /** The HAProxy that the pid file names, if one of that number lives. */
  OptionalLong running() {
    OptionalLong named = named();
    return named.isPresent() && isHaproxy(named.getAsLong()) ? named : OptionalLong.empty();
  }

  /** How many workers this master has, old ones too. */
  long workers(long master) {
    return ProcessHandle.of(master).stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> isHaproxy(child.pid()))
        .count();
  }

  /** Whether an HAProxy of this number runs; one that has ended and was not reaped does not. */
  boolean lives(long pid) {
    try {
      byte[] command = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("cmdline"));
      return command.length > 0 && isHaproxy(pid);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whoever makes HAProxy load its files, for this worker. */
  Loader loader(long worker) throws Unknown {
    return switch (options.reload()) {
      case ReloadBy.MasterSocket _ -> new MasterSocket(options.master().orElseThrow());
      case ReloadBy.Binary _ -> new Loader.Replaced(options, visible(worker).orElse(worker));
      case ReloadBy.Program(ReloadWay.Signal _) -> new Loader.Signalled(of(worker));
      case ReloadBy.Program(ReloadWay.Container way) ->
          new Loader.Told(mainProcess(way.container()), way);
      case ReloadBy.Program(ReloadWay other) -> new Loader.Told(visible(worker), other);
    };
  }

  /** The master as the engine's machine counts it, where that is this one. */
  private OptionalLong mainProcess(EngineContainer container) throws Unknown {
    try {
      OptionalLong main = container.mainProcess();
      return main.isPresent() && isHaproxy(main.getAsLong()) ? main : OptionalLong.empty();
    } catch (IOException e) {
      throw new Unknown("container %s: %s".formatted(container.name(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unknown("interrupted while asking for container " + container.name());
    }
  }

  /** The master of this worker, where it can be told. */
  OptionalLong visible(long worker) {
    try {
      return OptionalLong.of(of(worker));
    } catch (Unknown elsewhere) {
      return OptionalLong.empty();
    }
  }

  /**
   * What it is doing. A master loads with {@code HAPROXY_MWORKER_REEXEC} in its environment and
   * executes itself once more with {@code HAPROXY_MWORKER_WAIT_ONLY} when it is done, whether it
   * succeeded or not.
   */
  static Phase phase(long master) {
    String environment;
    try {
      environment =
          Files.readString(
              PROC.resolve(Long.toString(master)).resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return ProcessHandle.of(master).isEmpty() ? Phase.GONE : Phase.UNKNOWN;
    }
    if (environment.contains("HAPROXY_MWORKER_WAIT_ONLY=1")) {
      return Phase.WAITING;
    }
    return environment.contains("HAPROXY_MWORKER_REEXEC=1") ? Phase.LOADING : Phase.UNKNOWN;
  }

  private OptionalLong named() {
    try {
      String text = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
      return text.matches("[1-9][0-9]{0,9}")
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }

  private boolean isHaproxy(long pid) {
    try {
      String comm =
          Files.readString(
                  PROC.resolve(Long.toString(pid)).resolve("comm"), StandardCharsets.ISO_8859_1)
              .strip();
      return comm.equals(program) || comm.startsWith("haproxy");
    } catch (IOException gone) {
      return false;
    }
  }
}
