package dev.weir.driver.haproxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   * The rows of one answer to {@link #question}.
   *
   * @return nothing for a backend that HAProxy does not have
   * @throws IOException for anything that is not such an answer
   */
  static List<Row> read(String answer) throws IOException {
    if (answer.startsWith("No such proxy")) {
      return List.of();
    }
    List<String> lines = answer.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(HEAD)) {
      throw new IOException(
          "show stat: %s (expected: %s...)"
              .formatted(lines.isEmpty() ? "no answer" : lines.getFirst(), HEAD));
    }
    List<String> columns = fields(lines.getFirst().substring(2));
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        rows.add(row(columns, fields(line)));
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

  private static List<String> fields(String line) {
    return line.indexOf('"') < 0 ? List.of(line.split(",", -1)) : quotedFields(line);
  }

  /** A field in quotation marks may have commas, and a mark that is doubled. */
  private static List<String> quotedFields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
