package dev.weir.driver.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
