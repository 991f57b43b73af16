package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.Wiring;
import dev.weir.spi.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One configuration uses every key that there is, and is accepted. */
class CompleteConfigTest {

  private static final Path FILE = Path.of("complete.yaml");

  private final Set<Shape.Key<?>> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Shape.Key<?>> used = Collections.newSetFromMap(new IdentityHashMap<>());

  @Test
  void theCompleteConfigurationIsAccepted() throws IOException {
    SortedMap<Path, String> files = new TreeMap<>();
    files.put(FILE, text());
    assertThat(new ConfigLoader(Wiring.KINDS).load(new ConfigText(FILE, files)))
        .isInstanceOf(Loaded.Accepted.class);
  }

  @Test
  void theCompleteConfigurationUsesEveryKey() throws IOException {
    Problems problems = new Problems();
    Tree tree = Yaml.read(FILE, text(), problems).orElseThrow();
    for (Shape.Key<?> key : new Grammar(Wiring.KINDS).topLevel()) {
      key(key, tree);
    }
    List<String> unused =
        known.stream().filter(key -> !used.contains(key)).map(Shape.Key::name).sorted().toList();
    assertThat(unused).isEmpty();
  }

  private void key(Shape.Key<?> key, Tree mapping) {
    known.add(key);
    Optional<Tree> value = mapping.at(key.name());
    value.ifPresent(ignored -> used.add(key));
    walk(key.shape(), value.map(List::of).orElse(List.of()));
  }

  /** Meets every key below a shape, and uses those that any of these trees has. */
  private void walk(Shape<?> shape, List<Tree> trees) {
    switch (shape) {
      case Shape.Scalar<?> ignored -> {}
      case Shape.Listing<?> listing ->
          walk(listing.item(), trees.stream().flatMap(tree -> tree.list().stream()).toList());
      case Shape.Dictionary<?> dictionary ->
          walk(
              dictionary.value(),
              trees.stream()
                  .flatMap(tree -> tree.mapping().stream())
                  .map(Tree.Entry::value)
                  .toList());
      case Shape.Mapping<?> mapping -> mapping(mapping, trees);
      case Shape.Shorthand<?> shorthand -> {
        trees.stream()
            .filter(tree -> !(tree instanceof Tree.Entries))
            .forEach(tree -> used.add(shorthand.main()));
        mapping(shorthand.mapping(), trees);
      }
      case Shape.Either<?> either ->
          either.forms().forEach(form -> walk(form, fitting(either, form, trees)));
      case Shape.Mapped<?, ?> mapped -> walk(mapped.from(), trees);
    }
  }

  private static List<Tree> fitting(Shape.Either<?> either, Shape<?> form, List<Tree> trees) {
    return trees.stream()
        .filter(tree -> {
          Optional<? extends Shape<?>> chosen = Forms.fitting(either, tree);
          return chosen.isPresent() && chosen.get().equals(form);
        })
        .toList();
  }

  private void mapping(Shape.Mapping<?> mapping, List<Tree> trees) {
    if (trees.isEmpty()) {
      mapping.keys().forEach(key -> key(key, new Tree.Nothing(new Place(FILE, 1, 1))));
    }
    trees.forEach(tree -> mapping.keys().forEach(key -> key(key, tree)));
  }

  private static String text() throws IOException {
    try (InputStream in = CompleteConfigTest.class.getResourceAsStream("/" + FILE)) {
      if (in == null) {
        throw new IOException("no resource " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
