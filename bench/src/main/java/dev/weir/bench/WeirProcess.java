package dev.weir.bench;

import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Weir under measurement, a process of its own. */
record WeirProcess(Started process) implements AutoCloseable {

  /** How it is started. */
  enum Mode {
    /** {@code ./weir}, with its archive of classes. */
    LAUNCHER,
    /** The JVM alone, with its defaults. */
    PLAIN
  }

  static WeirProcess start(Path checkout, Path folder, Mode mode) throws IOException {
    List<String> command = new ArrayList<>();
    switch (mode) {
      case LAUNCHER -> command.add(checkout.resolve("weir").toString());
      case PLAIN ->
          command.addAll(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  jar(checkout) + ":" + checkout.resolve("app/target/lib") + "/*",
                  "dev.weir.app.Main"));
    }
    command.addAll(List.of("run", "-c", folder.resolve("weir.yaml").toString()));
    return new WeirProcess(Started.start("weir", folder, command));
  }

  private static Path jar(Path checkout) throws IOException {
    try (var files = Files.newDirectoryStream(checkout.resolve("app/target"), "weir-app-*.jar")) {
      return files.iterator().next();
    }
  }

  /** Processor time of this process itself since its start, without the programs it ran. */
  long cpuMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return TimeUnit.SECONDS.toMillis(ticks) / 100;
  }

  /** Resident memory now. */
  long residentMegabytes() throws IOException {
    return status("VmRSS:");
  }

  /** The most resident memory so far. */
  long peakMegabytes() throws IOException {
    return status("VmHWM:");
  }

  private long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Asks it to end, and waits until it has. */
  void end(Duration atMost) throws InterruptedException {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    int ignored = process.awaitExit(atMost);
  }

  @Override
  public void close() {
    process.close();
  }
}
