package dev.weir.driver.haproxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Reads {@code show stat}: a table of comma-separated values whose first line names the columns.
 * Columns are found by name, because their number grows with every version.
 */
final class Statistics {

  private static final String HEAD = "# pxname,svname,";

  private Statistics() {}

  /**
   * A row about one server.
   *
   * @param values by the name of the column; an empty one is absent
   */
  record Row(String backend, String server, Map<String, String> values) {

    /** A number; zero where there is none. */
    long number(String column) throws IOException {
      String value = values.getOrDefault(column, "0");
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw new IOException("show stat: %s=%s (expected: a number)".formatted(column, value), e);
      }
    }
  }

  /** What to ask for the servers of a backend. */
  static String question(String backend) {
    return "show stat %s 4 -1".formatted(backend);
  }

  /**
   * The rows of one answer to {@link #question}, with all columns.
   *
   * @return nothing for a backend that HAProxy does not have
   * @throws IOException for anything that is not such an answer
   */
  static List<Row> read(String answer) throws IOException {
    return read(answer, column -> true);
  }

  /**
   * The same with some columns only: of a thousand servers' 128 columns, two are read in a tenth of
   * the time.
   */
  static List<Row> read(String answer, Predicate<String> wanted) throws IOException {
    if (answer.startsWith("No such proxy")) {
      return List.of();
    }
    List<String> lines = answer.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(HEAD)) {
      throw new IOException(
          "show stat: %s (expected: %s...)"
              .formatted(lines.isEmpty() ? "no answer" : lines.getFirst(), HEAD));
    }
    List<String> columns = fields(lines.getFirst().substring(2), at -> true);
    IntPredicate kept = at -> at < 2 || (at < columns.size() && wanted.test(columns.get(at)));
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        rows.add(row(columns, fields(line, kept)));
      }
    }
    return rows;
  }

  private static Row row(List<String> columns, List<String> fields) throws IOException {
    if (fields.size() < 2) {
      throw new IOException("show stat: a line of %d fields".formatted(fields.size()));
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 2; i < Math.min(columns.size(), fields.size()); i++) {
      if (!fields.get(i).isEmpty()) {
        values.put(columns.get(i), fields.get(i));
      }
    }
    return new Row(fields.get(0), fields.get(1), Collections.unmodifiableMap(values));
  }

  /**
   * The fields of a line, empty where they are not kept. One in quotation marks may have commas,
   * and a mark that is doubled.
   */
  private static List<String> fields(String line, IntPredicate kept) {
    List<String> fields = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i < line.length() && line.charAt(i) == '"') {
        quoted = !quoted; // a doubled one ends the quotation and begins it again
      } else if (i == line.length() || (line.charAt(i) == ',' && !quoted)) {
        fields.add(kept.test(fields.size()) ? plain(line.substring(start, i)) : "");
        start = i + 1;
      }
    }
    return fields;
  }

  private static String plain(String field) {
    return field.length() > 1 && field.startsWith("\"") && field.endsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field;
  }
}
