package dev.weir.app.config;

import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes values of what is written, by interpreting {@link Shape}s, and notes every problem on the
 * way instead of stopping at the first.
 */
final class Binder {

  private final Problems problems;
  private final Completeness completeness;

  /** Whether all required keys must be there. */
  enum Completeness {
    /** A value is made. */
    WHOLE,
    /** What is there is checked, no value is made: for defaults and profiles. */
    PARTIAL
  }

  Binder(Problems problems, Completeness completeness) {
    this.problems = problems;
    this.completeness = completeness;
  }

  /**
   * Binds one piece.
   *
   * @param path the keys that lead to it, for messages
   * @return absent when there was a problem, and always when binding partially
   */
  <T> Optional<T> bind(Shape<T> shape, Tree tree, String path) {
    return switch (shape) {
      case Shape.Scalar<T> scalar -> scalar(scalar, tree, path);
      case Shape.Listing<?> listing -> cast(listing(listing, tree, path));
      case Shape.Dictionary<?> dictionary -> cast(dictionary(dictionary, tree, path));
      case Shape.Mapping<T> mapping -> mapping(mapping, mapping.keys(), tree, path);
      case Shape.Shorthand<T> shorthand -> shorthand(shorthand, tree, path);
      case Shape.Either<T> either -> either(either, tree, path);
      case Shape.Mapped<?, T> mapped -> mapped(mapped, tree, path);
    };
  }

  @SuppressWarnings("unchecked") // a Listing<A> is a Shape<List<A>>, a Dictionary<A> a Shape<Map>
  private static <T> Optional<T> cast(Optional<?> bound) {
    return (Optional<T>) bound;
  }

  private <T> Optional<T> scalar(Shape.Scalar<T> scalar, Tree tree, String path) {
    if (!(tree instanceof Tree.Text text)) {
      return misfit(scalar, tree, path);
    }
    try {
      return Optional.of(scalar.parse().apply(text.value()));
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      String told =
          reason.contains("(expected:")
              ? reason
              : "%s: %s (expected: %s)".formatted(tree.shown(), reason, scalar.expectation());
      problems.add(tree.place(), path, told);
      return Optional.empty();
    }
  }

  private <A> Optional<List<A>> listing(Shape.Listing<A> listing, Tree tree, String path) {
    if (!(tree instanceof Tree.Items items)) {
      return misfit(listing, tree, path);
    }
    List<A> bound = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      bind(listing.item(), items.items().get(i), path + "[" + i + "]").ifPresent(bound::add);
    }
    return bound.size() == items.items().size()
        ? Optional.of(List.copyOf(bound))
        : Optional.empty();
  }

  private <A> Optional<Map<String, A>> dictionary(
      Shape.Dictionary<A> dictionary, Tree tree, String path) {
    if (!(tree instanceof Tree.Entries entries)) {
      return misfit(dictionary, tree, path);
    }
    Map<String, A> bound = new LinkedHashMap<>();
    for (Tree.Entry entry : entries.entries()) {
      bind(dictionary.value(), entry.value(), join(path, entry.key()))
          .ifPresent(value -> bound.put(entry.key(), value));
    }
    return bound.size() == entries.entries().size()
        ? Optional.of(Collections.unmodifiableMap(bound))
        : Optional.empty();
  }

  private <T> Optional<T> mapping(
      Shape.Mapping<T> mapping, List<Shape.Key<?>> hints, Tree tree, String path) {
    if (!(tree instanceof Tree.Entries entries)) {
      return misfit(mapping, tree, path);
    }
    int before = problems.count();
    Values.Builder values = new Values.Builder();
    boolean complete = true;
    for (Shape.Key<?> key : mapping.keys()) {
      complete &= key(key, entries, values, path);
    }
    for (Tree.Entry entry : entries.entries()) {
      if (mapping.keys().stream().noneMatch(key -> key.name().equals(entry.key()))) {
        unknown(entry, path, mapping.keys(), hints);
        complete = false;
      }
    }
    return complete && problems.count() == before
        ? built(() -> mapping.build().apply(values.build()), tree, path)
        : Optional.empty();
  }

  private <A> boolean key(
      Shape.Key<A> key, Tree.Entries entries, Values.Builder values, String path) {
    Optional<Tree.Entry> entry = entries.find(key.name());
    if (entry.isPresent()) {
      Optional<A> bound = bind(key.shape(), entry.get().value(), join(path, key.name()));
      bound.ifPresent(value -> values.put(key, value));
      return bound.isPresent();
    }
    if (Forms.required(key) && completeness == Completeness.WHOLE) {
      missing(key, entries, path);
      return false;
    }
    return true;
  }

  private void missing(Shape.Key<?> key, Tree tree, String path) {
    problems.add(
        tree.place(),
        path,
        "%s is missing (expected: %s)".formatted(key.name(), key.shape().expectation()));
  }

  private void unknown(
      Tree.Entry entry, String path, List<Shape.Key<?>> here, List<Shape.Key<?>> hints) {
    problems.add(entry.place(), join(path, entry.key()), Unknown.key(entry.key(), here, hints));
  }

  private <T> Optional<T> shorthand(Shape.Shorthand<T> shorthand, Tree tree, String path) {
    Shape.Key<?> main = shorthand.main();
    if (tree instanceof Tree.Entries) {
      return mapping(shorthand.mapping(), shorthand.mapping().keys(), tree, path);
    }
    if (!Forms.fits(main.shape(), tree)) {
      return misfit(shorthand, tree, path);
    }
    Tree.Entry entry = new Tree.Entry(tree.place(), main.name(), tree);
    return mapping(
        shorthand.mapping(), List.of(), new Tree.Entries(tree.place(), List.of(entry)), path);
  }

  private <T> Optional<T> either(Shape.Either<T> either, Tree tree, String path) {
    boolean whole = completeness == Completeness.WHOLE || !(tree instanceof Tree.Entries);
    Optional<Shape<? extends T>> form = Forms.fitting(either, tree).filter(fits -> whole);
    if (form.isPresent()) {
      return cast(inForm(form.get(), Forms.keys(either), tree, path));
    }
    if (!(tree instanceof Tree.Entries entries) || Forms.keys(either).isEmpty()) {
      return misfit(either, tree, path);
    }
    looseKeys(either, entries, path);
    return Optional.empty();
  }

  private <T> Optional<T> inForm(Shape<T> form, List<Shape.Key<?>> hints, Tree tree, String path) {
    return form instanceof Shape.Mapping<T> mapping
        ? mapping(mapping, hints, tree, path)
        : bind(form, tree, path);
  }

  /** No form fits: what can be said about the keys that are there. */
  private void looseKeys(Shape.Either<?> either, Tree.Entries entries, String path) {
    List<Shape.Key<?>> known = Forms.keys(either);
    int before = problems.count();
    for (Tree.Entry entry : entries.entries()) {
      known.stream()
          .filter(key -> key.name().equals(entry.key()))
          .findFirst()
          .ifPresentOrElse(
              key -> bind(key.shape(), entry.value(), join(path, key.name())),
              () -> unknown(entry, path, known, known));
    }
    if (completeness == Completeness.WHOLE && problems.count() == before) {
      misfit(either, entries, path);
    }
  }

  private <A, T> Optional<T> mapped(Shape.Mapped<A, T> mapped, Tree tree, String path) {
    return bind(mapped.from(), tree, path)
        .flatMap(value -> built(() -> mapped.map().apply(value), tree, path));
  }

  private <T> Optional<T> built(Supplier<T> make, Tree tree, String path) {
    if (completeness == Completeness.PARTIAL) {
      return Optional.empty();
    }
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException e) {
      problems.add(tree.place(), path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private <T> Optional<T> misfit(Shape<?> shape, Tree tree, String path) {
    problems.add(
        tree.place(), path, "%s (expected: %s)".formatted(tree.shown(), shape.expectation()));
    return Optional.empty();
  }

  static String join(String path, String key) {
    String shown = key.matches("[A-Za-z0-9_./-]+") ? key : Quoted.of(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
