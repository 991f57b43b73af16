package dev.weir.template.go;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.template.Execution;
import dev.weir.template.Limits;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One template with data, for both engines.
 *
 * @param name what it shows
 * @param files the templates of the set; the first is rendered
 * @param data as {@link TestData} reads it
 * @param missingKey Go's name of the option
 */
record GoCase(String name, List<Source> files, JsonNode data, String missingKey) {
  static final JsonMapper JSON = JsonMapper.shared();

  /**
   * What became of it.
   *
   * @param output what was written, before the error if there is one
   * @param error the error's text, or null
   */
  record Result(Text output, @Nullable Text error) {}

  /** A case and what has to become of it. */
  record Expected(String group, GoCase asked, Result result) {
    @Override
    public String toString() {
      return group + ": " + asked.name();
    }
  }

  /** The cases of a resource: one JSON object a line. */
  static List<Expected> read(String group) {
    JsonNode standard = JSON.readTree(resource("standard-data.json"));
    List<Expected> cases = new ArrayList<>();
    for (String line : resource(group + ".jsonl").lines().toList()) {
      cases.add(expected(group, JSON.readTree(line), standard));
    }
    return cases;
  }

  private static Expected expected(String group, JsonNode node, JsonNode standard) {
    List<Source> files = new ArrayList<>();
    if (node.has("template")) {
      files.add(Source.of("t", node.get("template").asString()));
    } else {
      node.get("files")
          .properties()
          .forEach(file -> files.add(Source.of(file.getKey(), file.getValue().asString())));
    }
    GoCase asked =
        new GoCase(
            node.get("name").asString(),
            files,
            node.has("data") ? node.get("data") : standard,
            node.has("missingkey") ? node.get("missingkey").asString() : "default");
    Text output = Text.of(node.has("output") ? node.get("output").asString() : "");
    Text error = node.has("error") ? Text.of(node.get("error").asString()) : null;
    return new Expected(group, asked, new Result(output, error));
  }

  private static String resource(String name) {
    try (InputStream stream = GoCase.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " (expected: a resource beside " + GoCase.class);
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What the engine under test makes of it. */
  Result run() {
    Execution execution = new Execution(Limits.DEFAULT);
    try {
      MissingKey mode =
          missingKey.equals("invalid")
              ? MissingKey.DEFAULT
              : MissingKey.valueOf(missingKey.toUpperCase(Locale.ROOT));
      GoTemplate.parse(files, new GoOptions(TestData.FUNCTIONS, mode))
          .render(TestData.value(data), execution);
      return new Result(execution.written(), null);
    } catch (TemplateException error) {
      return new Result(execution.written(), Text.of(String.valueOf(error.getMessage())));
    }
  }
}
