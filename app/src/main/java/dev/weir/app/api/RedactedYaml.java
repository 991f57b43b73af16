package dev.weir.app.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A configuration file without its secrets: read and written anew, so that no way of quoting hides
 * one, and without comments. References to secrets stay.
 */
final class RedactedYaml {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
              + "|credential|authorization|cookie).*");
  private static final Pattern REFERENCE = Pattern.compile("(env|file|credential):\\S+");

  /** Below these, every value may be a secret. */
  private static final Set<String> WHOLE = Set.of("headers", "environment");

  /** Of these lists, all but the program. */
  private static final Set<String> COMMANDS = Set.of("command", "exec");

  private final Redaction redaction;

  RedactedYaml(Redaction redaction) {
    this.redaction = redaction;
  }

  /** The file, or why it is left out. */
  String of(String text) {
    try {
      Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
      DumpSettings settings =
          DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
      return new Dump(settings).dumpToString(clean(root));
    } catch (YamlEngineException e) {
      return "# left out: not YAML\n";
    }
  }

  private @Nullable Object clean(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> cleanMap(map);
      case List<?> list -> {
        List<@Nullable Object> all = new ArrayList<>();
        list.forEach(item -> all.add(clean(item)));
        yield all;
      }
      case String text -> redaction.line(text);
      case null, default -> value;
    };
  }

  private Map<String, @Nullable Object> cleanMap(Map<?, ?> map) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    map.forEach((name, value) -> {
      String key = String.valueOf(name);
      String lower = key.toLowerCase(Locale.ROOT);
      if (SECRET.matcher(key).matches() || WHOLE.contains(lower)) {
        all.put(key, hidden(value));
      } else if (COMMANDS.contains(lower) && value instanceof List<?> list) {
        all.put(key, programOf(list));
      } else if (COMMANDS.contains(lower) && value instanceof String line) {
        all.put(key, redaction.line(line).replaceFirst("\\s.*", " " + Redaction.HIDDEN));
      } else {
        all.put(redaction.text(key), clean(value));
      }
    });
    return all;
  }

  private static @Nullable Object hidden(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((name, below) -> all.put(String.valueOf(name), hidden(below)));
        yield all;
      }
      case List<?> list -> List.of(Redaction.HIDDEN);
      case String text when REFERENCE.matcher(text).matches() -> text;
      case null -> null;
      default -> Redaction.HIDDEN;
    };
  }

  private List<@Nullable Object> programOf(List<?> command) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object word : command) {
      all.add(all.isEmpty() ? clean(word) : Redaction.HIDDEN);
    }
    return all;
  }
}
