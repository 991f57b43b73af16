package dev.weir.template.go;

import dev.weir.template.Execution;
import dev.weir.template.Source;
import dev.weir.template.Template;
import dev.weir.template.TemplateException;
import dev.weir.template.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template in the language of Go's {@code text/template}, with the templates that it defines.
 * Immutable, safe for use by many threads.
 */
public final class GoTemplate implements Template {
  private final Definition main;
  private final Map<String, Definition> definitions;
  private final MissingKey missingKey;

  private GoTemplate(Map<String, Definition> definitions, Definition main, MissingKey missingKey) {
    this.definitions = Map.copyOf(definitions);
    this.main = main;
    this.missingKey = missingKey;
  }

  /**
   * Parses one file.
   *
   * @throws TemplateException when it is not a template; only the first error is found
   */
  public static GoTemplate parse(Source source, GoOptions options) throws TemplateException {
    return parse(List.of(source), options);
  }

  /**
   * Parses several files into one set. Each is a template of its own name; what any of them defines
   * can be called from all. Where two define one name, the later one counts, unless it is empty.
   *
   * @param sources the first is the one that is rendered; at least one
   * @throws TemplateException when one is not a template; only the first error is found
   */
  public static GoTemplate parse(List<Source> sources, GoOptions options) throws TemplateException {
    Map<String, Definition> all = new HashMap<>();
    for (Source source : sources) {
      Parser.parse(source, name -> Builtins.find(name, options.functions()))
          .forEach(
              (name, added) -> all.merge(name, added, (old, next) -> next.isEmpty() ? old : next));
    }
    String name = sources.getFirst().name();
    return new GoTemplate(all, main(all, name), options.missingKey());
  }

  private static Definition main(Map<String, Definition> all, String name) {
    Definition main = all.get(name);
    if (main == null) {
      throw new IllegalStateException(name + ": a file always defines the template of its name");
    }
    return main;
  }

  @Override
  public String name() {
    return main.name();
  }

  /** The template of a name in the same set, or null where there is none. */
  public @Nullable GoTemplate lookup(String name) {
    Definition found = definitions.get(name);
    return found == null ? null : new GoTemplate(definitions, found, missingKey);
  }

  @Override
  public void render(Value data, Execution execution) throws TemplateException {
    new Executor(new State(main, execution), definitions, missingKey).run(data);
  }
}
