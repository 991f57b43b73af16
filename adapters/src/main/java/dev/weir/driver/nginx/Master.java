package dev.weir.driver.nginx;

import dev.weir.publish.EngineContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A running nginx master process. */
record Master(long pid) {

  private static final String TITLE = "nginx: master process";
  private static final String WORKER = "nginx: worker process";
  private static final String ENDING = "is shutting down";
  private static final Pattern CONFIGURATION = Pattern.compile(" -c ?(\\S+)");
  private static final Pattern PREFIX = Pattern.compile(" -p ?(\\S+)");

  /** What a look for the master of one configuration found. */
  sealed interface Search {
    record Found(Master master) implements Search {}

    /**
     * @param reason for people
     */
    record Absent(String reason) implements Search {}

    /**
     * It cannot be told whether it runs.
     *
     * @param reason for people
     */
    record Hidden(String reason) implements Search {}
  }

  /** The master of an nginx that is set up so. */
  static Search find(NginxOptions options) throws InterruptedException {
    return options.container().isPresent()
        ? find(options.container().get())
        : find(options.pid(), options.config());
  }

  /** The main process of a container, as it is seen from here. */
  private static Search find(EngineContainer container) throws InterruptedException {
    OptionalLong main;
    try {
      main = container.mainProcess();
    } catch (IOException e) {
      return new Search.Hidden("container %s: %s".formatted(container.name(), e.getMessage()));
    }
    if (main.isEmpty()) {
      return new Search.Absent("container %s does not run".formatted(container.name()));
    }
    long pid = main.getAsLong();
    return Processes.title(pid).orElse("").startsWith(TITLE)
        ? new Search.Found(new Master(pid))
        : new Search.Hidden(
            "process %d of container %s is no nginx master that is seen from here (expected: nginx as"
                    .formatted(pid, container.name())
                + " its main process, and Weir in the process namespace of its engine)");
  }

  /**
   * The process that the pid file names, if it is an nginx master of this configuration. A pid file
   * outlives its nginx, and its number may then be anybody's.
   */
  static Search find(Path pidFile, Path config) {
    String text;
    try {
      text = Files.readString(pidFile).strip();
    } catch (IOException e) {
      return new Search.Absent("there is no pid file " + pidFile);
    }
    if (!text.matches("[0-9]{1,10}")) {
      return new Search.Absent(
          "the pid file %s %s".formatted(pidFile, text.isEmpty() ? "is empty" : "holds no number"));
    }
    long pid = Long.parseLong(text);
    Optional<String> title = Processes.title(pid);
    if (title.isEmpty()) {
      return new Search.Absent("process %d of %s has ended".formatted(pid, pidFile));
    }
    if (!title.get().startsWith(TITLE)) {
      return new Search.Absent("process %d of %s is no nginx master".formatted(pid, pidFile));
    }
    return runs(title.get(), config)
        ? new Search.Found(new Master(pid))
        : new Search.Absent(
            "process %d of %s is an nginx of another configuration (%s)"
                .formatted(pid, pidFile, title.get().substring(TITLE.length()).strip()));
  }

  /** The master of a worker that answered; absent when that is not what it is. */
  static Optional<Master> ofWorker(long worker) {
    return Processes.parent(worker)
        .filter(pid -> Processes.title(pid).orElse("").startsWith(TITLE))
        .map(Master::new);
  }

  /** Its workers that take connections: not those that only finish what they have. */
  Set<Long> workers() {
    return Processes.children(pid).stream().filter(Master::serves).collect(Collectors.toSet());
  }

  /** How many workers of former configurations an nginx has; 0 where it does not run. */
  static int endingWorkers(NginxOptions options) {
    return find(options.pid(), options.config()) instanceof Search.Found found
        ? found.master().endingWorkers()
        : 0;
  }

  /** Its workers that only finish what they have. */
  int endingWorkers() {
    return (int)
        Processes.children(pid).stream()
            .map(child -> Processes.title(child).orElse(""))
            .filter(title -> title.startsWith(WORKER) && title.endsWith(ENDING))
            .count();
  }

  /** Whether this process is a worker that still takes connections. */
  static boolean serves(long worker) {
    String title = Processes.title(worker).orElse("");
    return title.startsWith(WORKER) && !title.endsWith(ENDING);
  }

  boolean runs() {
    return Processes.title(pid).orElse("").startsWith(TITLE);
  }

  /**
   * Without {@code -c} it runs the configuration that it was built with, which is not known here.
   */
  private static boolean runs(String title, Path config) {
    Matcher named = CONFIGURATION.matcher(title);
    if (!named.find()) {
      return true;
    }
    Path file = Path.of(named.group(1));
    if (!file.isAbsolute()) {
      Matcher prefix = PREFIX.matcher(title);
      if (!prefix.find() || !Path.of(prefix.group(1)).isAbsolute()) {
        return file.getFileName().equals(config.getFileName());
      }
      file = Path.of(prefix.group(1)).resolve(file);
    }
    return same(file, config);
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return one.normalize().equals(other.normalize());
    }
  }
}
