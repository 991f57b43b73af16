package dev.weir.driver.nginx;

import dev.weir.handwritten.Glob;
import dev.weir.model.Fingerprint;
import dev.weir.nginxconf.Token;
import dev.weir.nginxconf.Token.Kind;
import dev.weir.nginxconf.Tokens;
import dev.weir.publish.SharedPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The files that make up an nginx configuration: the main one and, down the tree, all that they
 * include. A file is read again only when it has changed, and taken apart only where it may include
 * others: one with 10,000 members in it, which Weir itself changes, costs no more than to read it.
 * Used by one thread.
 */
final class ConfigTree {

  private static final int MOST_FILES = 10_000;
  private static final String INCLUDE = "include";

  private final Path main;
  private final Set<Path> own;
  private final SharedPaths paths;
  private final Map<Path, Parsed> parsed = new HashMap<>();

  /**
   * @param own Weir's files, which are no part of the stamp
   */
  ConfigTree(Path main, Collection<Path> own) {
    this(main, own, SharedPaths.SAME);
  }

  /**
   * @param paths where nginx sees the files that lie here
   */
  ConfigTree(Path main, Collection<Path> own, SharedPaths paths) {
    this.paths = paths;
    this.main = main;
    this.own = Set.copyOf(own);
  }

  /**
   * A file as it was last read.
   *
   * @param includes what it includes, as it is written there
   */
  private record Parsed(String stamp, List<String> includes) {}

  /** Changes whenever one of the files changes, comes or goes, Weir's own left aside. */
  String stamp() {
    Fingerprint.Digest digest = Fingerprint.digest();
    files().forEach((file, stamp) -> digest.add(file.toString()).add(stamp));
    return digest.finish().hex();
  }

  /** All files but Weir's own, each with what changes whenever it does. */
  Map<Path, String> stamps() {
    return files();
  }

  /** Whether a file is included. */
  boolean includes(Path file) {
    return visit().containsKey(file);
  }

  /** Whether a directive of this name stands in any of the files. */
  boolean mentions(String directive) {
    return files().keySet().stream()
        .anyMatch(file -> tokens(file, directive).stream().anyMatch(t -> t.isWord(directive)));
  }

  /** The first arguments of all directives of this name, in the order of the files. */
  List<String> arguments(String directive) {
    return files().keySet().stream()
        .flatMap(file -> arguments(tokens(file, directive), directive).stream())
        .toList();
  }

  private static List<String> arguments(List<Token> tokens, String directive) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean starts = i == 0 || !tokens.get(i - 1).is(Kind.WORD);
      if (starts && tokens.get(i).isWord(directive)) {
        found.add(tokens.get(i + 1).text());
      }
    }
    return found;
  }

  private SequencedMap<Path, String> files() {
    SequencedMap<Path, String> all = visit();
    own.forEach(all::remove);
    return all;
  }

  private SequencedMap<Path, String> visit() {
    SequencedMap<Path, String> found = new LinkedHashMap<>();
    List<Path> open = new ArrayList<>(List.of(main));
    while (!open.isEmpty() && found.size() < MOST_FILES) {
      Path file = open.removeLast();
      if (!found.containsKey(file)) {
        String stamp = stampOf(file);
        found.put(file, stamp);
        if (!own.contains(file)) {
          includes(file, stamp).forEach(pattern -> open.addAll(matching(pattern)));
        }
      }
    }
    parsed.keySet().retainAll(found.keySet());
    return found;
  }

  private static String stampOf(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException absent) {
      return "absent";
    }
  }

  private List<String> includes(Path file, String stamp) {
    Parsed known = parsed.get(file);
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Parsed(stamp, includes(tokens(file, INCLUDE)));
      parsed.put(file, known);
    }
    return known.includes();
  }

  /** What a file is made of; nothing where this word does not stand in it. */
  private static List<Token> tokens(Path file, String word) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.contains(word) ? Tokens.of(text) : List.of();
    } catch (IOException | IllegalArgumentException unreadable) {
      return List.of();
    }
  }

  private static List<String> includes(List<Token> tokens) {
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      boolean starts = i == 0 || !tokens.get(i - 1).is(Kind.WORD);
      if (starts && tokens.get(i).isWord(INCLUDE) && tokens.get(i + 2).is(Kind.END)) {
        patterns.add(tokens.get(i + 1).text());
      }
    }
    return patterns;
  }

  /** Relative to the folder of the main file. */
  private List<Path> matching(String pattern) {
    Path folder = Objects.requireNonNullElse(main.getParent(), Path.of("/"));
    return Glob.files(paths.here(paths.there(folder).resolve(pattern)).toString());
  }
}
