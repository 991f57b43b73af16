package dev.weir.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What was measured, row by row: printed as it comes, written as a table at the end. */
final class Report {

  private record Row(String what, String measured, String goal) {}

  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  /**
   * @param goal what it should be; empty where there is none
   */
  void row(String what, Object measured, String goal) {
    Row row = new Row(what, measured.toString(), goal);
    rows.add(row);
    out.printf("%-62s %s%s%n", what, measured, goal.isEmpty() ? "" : "   [goal " + goal + "]");
  }

  /** Writes a page of Markdown. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder("# Benchmark run\n\n");
    text.append(machine()).append("\n\n| What | Measured | Goal |\n|---|---|---|\n");
    for (Row row : rows) {
      text.append("| %s | %s | %s |\n".formatted(row.what(), row.measured(), row.goal()));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }

  private static String machine() throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg")).strip();
    return "%s; %d processors; Linux %s; Java %s; load at the end %s. Everything on loopback."
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version"),
            Runtime.version(),
            load);
  }
}
