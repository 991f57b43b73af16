package dev.weir.handwritten;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files that an {@code include} means: {@code *}, {@code ?} and {@code [...]} in any part
 * of the path, none of which matches a leading dot; sorted.
 */
public final class Glob {

  private Glob() {}

  /** Whether the text is a pattern, and not the name of one file. */
  public static boolean isPattern(String text) {
    return text.matches(".*[*?\\[].*");
  }

  /**
   * The files that match; the one file, there or not, where the text is no pattern.
   *
   * @param text an absolute path or pattern
   */
  public static List<Path> files(String text) {
    if (!isPattern(text)) {
      return List.of(Path.of(text).normalize());
    }
    List<Path> found = List.of(Path.of("/"));
    for (String part : text.split("/+", -1)) {
      if (!part.isEmpty()) {
        found = found.stream().flatMap(folder -> inside(folder, part).stream()).toList();
      }
    }
    return found.stream().filter(Files::exists).map(Path::normalize).sorted().toList();
  }

  private static List<Path> inside(Path folder, String part) {
    if (!isPattern(part)) {
      return List.of(folder.resolve(part));
    }
    Pattern pattern = pattern(part);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (pattern.matcher(name).matches() && (part.startsWith(".") || !name.startsWith("."))) {
          found.add(entry);
        }
      }
    } catch (IOException noSuchFolder) {
      return List.of();
    }
    return found;
  }

  private static Pattern pattern(String part) {
    StringBuilder regex = new StringBuilder("(?s)");
    int at = 0;
    while (at < part.length()) {
      char c = part.charAt(at);
      int close = c == '[' ? part.indexOf(']', Math.min(part.length(), at + 2)) : -1;
      if (close > 0) {
        String set = part.substring(at + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.replaceFirst("^!", "^").replace("&&", "&\\&")).append(']');
        at = close;
      } else {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
      at++;
    }
    try {
      return Pattern.compile(regex.toString());
    } catch (PatternSyntaxException noSuchSet) {
      return Pattern.compile(Pattern.quote(part));
    }
  }
}
