package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Members by their labels in place of names; members that come later match too. */
final class SelectorOptions {

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABEL=VALUE",
      description =
          "Every member with this label, now and later; given several times, all have to match.")
  Map<String, String> labels = Map.of();

  @Option(names = "--all-pools", description = "With -l: in every pool.")
  boolean allPools;

  boolean given() {
    return !labels.isEmpty();
  }

  /** The labels as the API takes them. */
  JsonObject asJson() {
    JsonObject json = new JsonObject();
    new TreeMap<>(labels).forEach((label, value) -> json.with(label, value));
    return json;
  }

  /** For people: {@code host=web7,rack=2}. */
  String shown() {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
  }
}
