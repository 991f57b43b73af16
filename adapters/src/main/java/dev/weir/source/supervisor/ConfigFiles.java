package dev.weir.source.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where supervisord's FastCGI programs listen, which stands in its configuration files and in no
 * answer of its interface: the {@code socket} of each {@code fcgi-program} section, of the main
 * file and of those that its {@code include} section names.
 */
final class ConfigFiles {

  private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)]\\s*([;#].*)?");
  private static final Pattern SETTING = Pattern.compile("([A-Za-z_]+)\\s*[=:]\\s*(.*)");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s);.*$");
  private static final Pattern EXPANSION = Pattern.compile("%\\(([A-Za-z0-9_]+)\\)s");
  private static final String PROGRAM = "fcgi-program:";
  private static final long LARGEST = 1024L * 1024;

  private final Map<String, String> environment;
  private final SortedMap<String, String> sockets = new TreeMap<>();

  private ConfigFiles(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The sockets by name of their program, as written.
   *
   * @throws IOException when a file cannot be read, with its name
   */
  static SortedMap<String, String> sockets(Path main, Map<String, String> environment)
      throws IOException {
    ConfigFiles files = new ConfigFiles(environment);
    for (String pattern : files.read(main)) {
      files.include(main.resolveSibling(pattern));
    }
    return files.sockets;
  }

  private void include(Path pattern) throws IOException {
    Path folder = pattern.toAbsolutePath().normalize().getParent();
    Path name = pattern.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return; // as supervisord: a pattern that matches nothing includes nothing
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name.toString())) {
      for (Path file : found) {
        read(file);
      }
    }
  }

  /** Reads one file; returns the patterns that it includes. */
  private List<String> read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": more than %d bytes".formatted(LARGEST));
    }
    List<String> includes = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String text = COMMENT.matcher(line).replaceFirst("").stripTrailing();
      Matcher head = SECTION.matcher(text);
      Matcher setting = SETTING.matcher(text);
      if (head.matches()) {
        section = head.group(1).strip();
      } else if (setting.matches() && section.equals("include") && is(setting, "files")) {
        includes.addAll(List.of(expanded(file, setting.group(2)).strip().split("\\s+")));
      } else if (setting.matches() && section.startsWith(PROGRAM) && is(setting, "socket")) {
        sockets.put(section.substring(PROGRAM.length()), expanded(file, setting.group(2)).strip());
      }
    }
    return includes;
  }

  private static boolean is(Matcher setting, String name) {
    return setting.group(1).equalsIgnoreCase(name);
  }

  /** With {@code %(here)s} and {@code %(ENV_x)s} replaced; what is not known stays as it is. */
  private String expanded(Path file, String text) {
    Path folder = file.toAbsolutePath().getParent();
    return EXPANSION
        .matcher(text)
        .replaceAll(match -> {
          String name = match.group(1);
          String value = match.group();
          if (name.equals("here")) {
            value = String.valueOf(folder);
          } else if (name.startsWith("ENV_")) {
            value = environment.getOrDefault(name.substring(4), value);
          }
          return Matcher.quoteReplacement(value);
        });
  }
}
