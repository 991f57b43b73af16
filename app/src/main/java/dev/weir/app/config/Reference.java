package dev.weir.app.config;

import dev.weir.spi.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Writes the reference of all configuration keys, in Markdown, from the shapes that bind them. */
public final class Reference {

  /** A mapping to be described, and the keys that lead to it. */
  private record Topic(String path, Shape<?> shape) {}

  private final StringBuilder out = new StringBuilder();
  private final Deque<Topic> ahead = new ArrayDeque<>();
  private final List<Shape<?>> met = new ArrayList<>();

  private Reference() {}

  /** The reference of a program with these kinds of plug-ins. */
  public static String of(Kinds kinds) {
    return new Reference().write(new Grammar(kinds));
  }

  private String write(Grammar grammar) {
    out.append("## Top level\n\n");
    table(grammar.topLevel());
    nested("", poolsFirst(grammar.topLevel()));
    while (!ahead.isEmpty()) {
      describe(ahead.remove());
    }
    return out.toString();
  }

  private static List<Shape.Key<?>> poolsFirst(List<Shape.Key<?>> keys) {
    List<String> order = List.of("pools", "proxies", "defaults", "profiles");
    List<Shape.Key<?>> sorted = new ArrayList<>(keys);
    sorted.sort(Comparator.comparingInt(key -> order.indexOf(key.name()) & Integer.MAX_VALUE));
    return sorted;
  }

  private void describe(Topic topic) {
    out.append("\n## `").append(topic.path()).append("`\n\n");
    out.append("Expected: ").append(escaped(topic.shape().expectation())).append(".\n\n");
    List<? extends Shape<?>> forms = forms(topic.shape()).toList();
    List<Shape.Key<?>> common =
        forms.isEmpty()
            ? List.of()
            : Forms.keys(forms.get(0)).stream()
                .filter(key -> forms.stream().allMatch(form -> Forms.keys(form).contains(key)))
                .toList();
    if (!common.isEmpty()) {
      table(common);
    }
    for (Shape<?> form : forms) {
      List<Shape.Key<?>> own =
          Forms.keys(form).stream().filter(key -> !common.contains(key)).toList();
      if (!own.isEmpty()) {
        out.append(common.isEmpty() ? "" : "\n");
        out.append("Written as ").append(escaped(form.expectation())).append(":\n\n");
        table(own);
        out.append(common.isEmpty() ? "\n" : "");
      }
    }
    nested(topic.path(), Forms.keys(topic.shape()));
  }

  /** The forms of a mapping that have keys. */
  private static Stream<? extends Shape<?>> forms(Shape<?> shape) {
    return switch (shape) {
      case Shape.Either<?> either -> either.forms().stream().flatMap(Reference::forms);
      case Shape.Mapped<?, ?> mapped -> forms(mapped.from());
      case Shape.Shorthand<?> shorthand -> Stream.of(shorthand.mapping());
      case Shape.Mapping<?> mapping -> Stream.of(mapping);
      case Shape.Scalar<?> ignored -> Stream.empty();
      case Shape.Listing<?> ignored -> Stream.empty();
      case Shape.Dictionary<?> ignored -> Stream.empty();
    };
  }

  private void nested(String path, List<Shape.Key<?>> keys) {
    List<Topic> topics = new ArrayList<>();
    for (Shape.Key<?> key : keys) {
      Topic topic = mappingBelow(Binder.join(path, key.name()), key.shape());
      if (!Forms.keys(topic.shape()).isEmpty() && !met.contains(topic.shape())) {
        met.add(topic.shape());
        topics.add(topic);
      }
    }
    topics.reversed().forEach(ahead::addFirst);
  }

  private static Topic mappingBelow(String path, Shape<?> shape) {
    return switch (shape) {
      case Shape.Listing<?> listing -> mappingBelow(path + "[]", listing.item());
      case Shape.Dictionary<?> dictionary ->
          mappingBelow(path + "." + dictionary.keyName(), dictionary.value());
      case Shape.Mapped<?, ?> mapped -> mappingBelow(path, mapped.from());
      case Shape.Scalar<?> ignored -> new Topic(path, shape);
      case Shape.Mapping<?> ignored -> new Topic(path, shape);
      case Shape.Shorthand<?> ignored -> new Topic(path, shape);
      case Shape.Either<?> ignored -> new Topic(path, shape);
    };
  }

  private void table(List<Shape.Key<?>> keys) {
    out.append("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
    keys.forEach(this::row);
  }

  private void row(Shape.Key<?> key) {
    out.append("| `").append(key.name()).append("` | ");
    out.append(escaped(key.shape().expectation())).append(" | ");
    out.append(fallback(key.fallback())).append(" | ");
    out.append(escaped(key.doc())).append(" |\n");
  }

  private static String fallback(Shape.Fallback<?> fallback) {
    return switch (fallback) {
      case Shape.Fallback.Missing<?> ignored -> "required";
      case Shape.Fallback.Absent<?> ignored -> "";
      case Shape.Fallback.Default<?> value -> "`" + value.shown().replace("|", "\\|") + "`";
    };
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
