package dev.weir.app.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads configurations; safe for any thread. */
public final class ConfigLoader {

  private static final Pattern STATE_LINE =
      Pattern.compile("(?m)^state:[ \\t]+['\"]?([^\\s'\"#]+)['\"]?");

  private final Grammar grammar;

  public ConfigLoader(Kinds kinds) {
    this.grammar = new Grammar(kinds);
  }

  /** Reads a main file and what it includes, and finds all that is wrong with it at once. */
  public Loaded load(Path main, Texts texts) {
    Problems problems = new Problems();
    Gathering gathering = new Gathering(texts, problems);
    Tree.Entries root = gathering.gather(main);
    WeirConfig config = new Assembly(grammar, problems, root).assemble();
    if (problems.none()) {
      return new Loaded.Accepted(config, new ConfigText(main, gathering.files()));
    }
    return new Loaded.Refused(problems.sorted());
  }

  /** Reads a configuration that was accepted earlier. */
  public Loaded load(ConfigText text) {
    return load(text.main(), text);
  }

  /**
   * The state folder that a file names, however broken the rest of it is; the default where it
   * names none.
   */
  public static Path stateFolder(Path main, Texts texts) {
    try {
      Matcher line = STATE_LINE.matcher(texts.read(main));
      return line.find() ? Path.of(line.group(1)) : Grammar.DEFAULT_STATE;
    } catch (IOException e) {
      return Grammar.DEFAULT_STATE;
    }
  }
}
