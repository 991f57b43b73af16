package dev.weir.app.config;

import dev.weir.model.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a configuration's main file and all that it includes into one tree. A name that two files
 * define is a problem that shows both places.
 */
final class Gathering {

  /** A file to be read, and the place that asks for it. */
  private record Included(Path file, Place by) {}

  private final Texts texts;
  private final Problems problems;
  private final SortedMap<Path, String> read = new TreeMap<>();
  private final Map<String, Tree.Entry> combined = new LinkedHashMap<>();
  private final Deque<Included> ahead = new ArrayDeque<>();

  Gathering(Texts texts, Problems problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /** All files as one mapping, with the problems of reading and joining them noted. */
  Tree.Entries gather(Path main) {
    Place start = new Place(main, 1, 1);
    readFile(main, start);
    while (!ahead.isEmpty()) {
      Included next = ahead.remove();
      if (!read.containsKey(next.file())) {
        readFile(next.file(), next.by());
      }
    }
    return new Tree.Entries(start, List.copyOf(combined.values()));
  }

  /** Every file that was read, with its text. */
  SortedMap<Path, String> files() {
    return read;
  }

  private void readFile(Path file, Place blame) {
    Optional<Tree> tree = Optional.empty();
    problems.reading(file);
    try {
      String text = texts.read(file);
      read.put(file, text);
      tree = Yaml.read(file, text, problems);
    } catch (IOException e) {
      problems.add(
          blame,
          "",
          "%s cannot be read: %s".formatted(Quoted.of(file.toString()), Texts.reason(e)));
    }
    if (tree.isPresent() && tree.get() instanceof Tree.Entries entries) {
      entries.entries().forEach(this::join);
      includes(file, entries);
    } else {
      tree.ifPresent(other ->
          problems.add(other.place(), "", "%s (expected: a mapping)".formatted(other.shown())));
    }
  }

  private void includes(Path file, Tree.Entries entries) {
    List<Tree> globs = entries.at("include").map(Tree::list).orElse(List.of());
    for (Tree glob : globs) {
      if (glob instanceof Tree.Text text) {
        include(file.resolveSibling(text.value()), text);
      }
    }
  }

  private void include(Path glob, Tree.Text text) {
    boolean pattern = text.value().matches(".*[*?\\[{].*");
    if (!pattern) {
      ahead.add(new Included(glob, text.place()));
      return;
    }
    if (String.valueOf(glob.getParent()).matches(".*[*?\\[{].*")) {
      problems.add(
          text.place(),
          "include",
          "%s: a pattern among its folders (expected: one only in the file's name)"
              .formatted(Quoted.of(text.value())));
      return;
    }
    try {
      texts.matching(glob).forEach(file -> ahead.add(new Included(file, text.place())));
    } catch (IOException e) {
      problems.add(text.place(), "include", "cannot be read: " + Texts.reason(e));
    }
  }

  private void join(Tree.Entry entry) {
    Tree.Entry former = combined.get(entry.key());
    if (former == null) {
      combined.put(entry.key(), entry);
    } else if (former.value() instanceof Tree.Entries some
        && entry.value() instanceof Tree.Entries more
        && Grammar.isSection(entry.key())) {
      Tree both = joinSections(entry.key(), some, more);
      combined.put(entry.key(), new Tree.Entry(former.place(), entry.key(), both));
    } else if (!entry.key().equals("include")) {
      twice(entry, former, entry.key());
    }
  }

  private Tree joinSections(String section, Tree.Entries some, Tree.Entries more) {
    Map<String, Tree.Entry> all = new LinkedHashMap<>();
    some.entries().forEach(entry -> all.put(entry.key(), entry));
    for (Tree.Entry entry : more.entries()) {
      Tree.Entry former = all.putIfAbsent(entry.key(), entry);
      if (former != null) {
        twice(entry, former, Binder.join(section, entry.key()));
      }
    }
    return new Tree.Entries(some.place(), List.copyOf(all.values()));
  }

  private void twice(Tree.Entry entry, Tree.Entry former, String path) {
    problems.add(
        entry.place(),
        path,
        "defined twice, first at %s (expected: in one place)".formatted(former.place()));
  }
}
