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
 * include. A file is read again only when it has changed. Used by one thread.
 */
final class ConfigTree {

  private static final int MOST_FILES = 10_000;

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

  private record Parsed(String stamp, List<Token> tokens) {}

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
        .map(parsed::get)
        .filter(Objects::nonNull)
        .anyMatch(file -> file.tokens().stream().anyMatch(t -> t.isWord(directive)));
  }

  /** The first arguments of all directives of this name, in the order of the files. */
  List<String> arguments(String directive) {
    return files().keySet().stream()
        .map(parsed::get)
        .filter(Objects::nonNull)
        .flatMap(file -> arguments(file.tokens(), directive).stream())
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
          open.addAll(includes(tokens(file, stamp)));
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

  private List<Token> tokens(Path file, String stamp) {
    Parsed known = parsed.get(file);
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Parsed(stamp, read(file));
      parsed.put(file, known);
    }
    return known.tokens();
  }

  private static List<Token> read(Path file) {
    try {
      return Tokens.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException unreadable) {
      return List.of();
    }
  }

  private List<Path> includes(List<Token> tokens) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      boolean starts = i == 0 || !tokens.get(i - 1).is(Kind.WORD);
      if (starts && tokens.get(i).isWord("include") && tokens.get(i + 2).is(Kind.END)) {
        files.addAll(matching(tokens.get(i + 1).text()));
      }
    }
    return files;
  }

  /** Relative to the folder of the main file. */
  private List<Path> matching(String pattern) {
    Path folder = Objects.requireNonNullElse(main.getParent(), Path.of("/"));
    return Glob.files(paths.here(paths.there(folder).resolve(pattern)).toString());
  }
}
