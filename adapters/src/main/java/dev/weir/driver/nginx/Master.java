package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Processes.Title;
import dev.weir.publish.EngineContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    return Processes.title(pid).startsWith(TITLE)
        ? new Search.Found(new Master(pid))
        : new Search.Hidden(
            "process %d of container %s is no nginx master that is seen from here (expected: nginx as"
                    .formatted(pid, container.name())
                + " its main process, and Weir in the process namespace of its engine)");
  }

  /**
   * The process that the pid file names, if it is an nginx master of this configuration. A pid file
   * outlives its nginx, and its number may then be anybody's. One that is there and cannot be read
   * says nothing, and a process that is hidden from this user may be any.
   */
  static Search find(Path pidFile, Path config) {
    String text;
    try {
      text = Files.readString(pidFile).strip();
    } catch (NoSuchFileException e) {
      return new Search.Absent("there is no pid file " + pidFile);
    } catch (IOException e) {
      return new Search.Hidden("the pid file %s cannot be read (%s)".formatted(pidFile, e));
    }
    if (!text.matches("[0-9]{1,10}")) {
      return new Search.Absent(
          "the pid file %s %s".formatted(pidFile, text.isEmpty() ? "is empty" : "holds no number"));
    }
    long pid = Long.parseLong(text);
    String process = "process %d of %s".formatted(pid, pidFile);
    return switch (Processes.title(pid)) {
      case Title.Gone gone -> new Search.Absent(process + " has ended");
      case Title.Untold(String reason) ->
          new Search.Hidden(
              "%s: %s; run Weir as root or as nginx's user".formatted(process, reason));
      case Title.Told(String title) when !title.startsWith(TITLE) ->
          new Search.Absent(process + " is no nginx master");
      case Title.Told(String title) when runs(title, config) -> new Search.Found(new Master(pid));
      case Title.Told(String title) ->
          new Search.Absent(
              "%s is an nginx of another configuration (%s)"
                  .formatted(process, title.substring(TITLE.length()).strip()));
    };
  }

  /** The master of a worker that answered; absent when that is not what it is. */
  static Optional<Master> ofWorker(long worker) {
    return Processes.parent(worker)
        .filter(pid -> Processes.title(pid).startsWith(TITLE))
        .map(Master::new);
  }

  /** Its workers that take connections: not those that only finish what they have. */
  Set<Long> workers() {
    return Processes.children(pid).stream().filter(Master::serves).collect(Collectors.toSet());
  }

  /** Its workers that only finish what they have. */
  int endingWorkers() {
    return (int)
        Processes.children(pid).stream()
            .filter(child ->
                Processes.title(child) instanceof Title.Told(String title)
                    && title.startsWith(WORKER)
                    && title.endsWith(ENDING))
            .count();
  }

  /** Whether this process is a worker that still takes connections, as far as is known. */
  static boolean serves(long worker) {
    return switch (Processes.title(worker)) {
      case Title.Told(String title) -> title.startsWith(WORKER) && !title.endsWith(ENDING);
      case Title.Gone gone -> false;
      case Title.Untold untold -> true;
    };
  }

  /** Whether it still runs, as far as is known. */
  boolean runs() {
    return switch (Processes.title(pid)) {
      case Title.Told(String title) -> title.startsWith(TITLE);
      case Title.Gone gone -> false;
      case Title.Untold untold -> true;
    };
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
