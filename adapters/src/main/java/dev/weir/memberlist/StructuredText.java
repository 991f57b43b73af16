package dev.weir.memberlist;

import dev.weir.model.Address;
import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads YAML and JSON: a list whose items are addresses, mappings with {@code address}, or groups
 * as Prometheus' {@code file_sd} has them, with {@code targets} and {@code labels}.
 */
final class StructuredText {

  static final String NOTHING =
      "no members in it (expected: a list of members; to say that there are none, write [])";

  private static final String ITEM = "HOST:PORT, a mapping with address, or one with targets";

  /** No list of members is longer; a text that claims to be is a mistake or an attack. */
  private static final int MOST = 200_000;

  private static final String TARGETS = "targets";

  private static final List<String> KEYS =
      MemberEntry.keys().stream().map(Shape.Key::name).toList();

  private final Problems problems;
  private final List<MemberEntry> entries = new ArrayList<>();

  private StructuredText(Problems problems) {
    this.problems = problems;
  }

  static List<MemberEntry> read(String text, Problems problems) {
    StructuredText reader = new StructuredText(problems);
    try {
      PieceReader.read(text)
          .filter(piece -> !(piece instanceof Piece.Nothing))
          .ifPresentOrElse(reader::list, () -> problems.add(NOTHING));
    } catch (PieceReader.Malformed malformed) {
      problems.add(malformed.line(), String.valueOf(malformed.getMessage()));
    }
    return reader.entries;
  }

  static List<MemberEntry> readOne(String text, Problems problems) {
    StructuredText reader = new StructuredText(problems);
    try {
      PieceReader.read(text)
          .ifPresentOrElse(reader::single, () -> problems.add("nothing (expected: a mapping)"));
    } catch (PieceReader.Malformed malformed) {
      problems.add(malformed.line(), String.valueOf(malformed.getMessage()));
    }
    return reader.entries;
  }

  private void single(Piece piece) {
    if (piece instanceof Piece.Entries member) {
      member(member);
    } else {
      wrong(piece, "a mapping with address");
    }
  }

  private void list(Piece piece) {
    if (!(piece instanceof Piece.Items items)) {
      wrong(piece, "a list of members");
      return;
    }
    for (Piece item : items.items()) {
      if (problems.enough()) {
        return;
      }
      item(item);
    }
    if (entries.size() > MOST) {
      problems.add("%d members (expected: at most %d)".formatted(entries.size(), MOST));
    }
  }

  private void item(Piece piece) {
    switch (piece) {
      case Piece.Text text -> address(text).map(MemberEntry::of).ifPresent(entries::add);
      case Piece.Entries group when find(group, TARGETS).isPresent() -> group(group);
      case Piece.Entries member -> member(member);
      case Piece.Items list -> wrong(list, ITEM);
      case Piece.Nothing nothing -> wrong(nothing, ITEM);
    }
  }

  private void group(Piece.Entries group) {
    unknownKeys(group, List.of(TARGETS, MemberEntry.LABELS.name()));
    SortedMap<String, String> labels = labels(group);
    if (!(find(group, TARGETS).orElseThrow() instanceof Piece.Items targets)) {
      wrong(find(group, TARGETS).orElseThrow(), "a list of HOST:PORT");
      return;
    }
    for (Piece target : targets.items()) {
      address(target)
          .map(address -> new MemberEntry(address, Optional.empty(), 1, false, labels))
          .ifPresent(entries::add);
    }
  }

  private void member(Piece.Entries written) {
    unknownKeys(written, KEYS);
    Optional<Piece> place = find(written, MemberEntry.ADDRESS.name());
    if (place.isEmpty()) {
      problems.add(written.line(), "address is missing (expected: " + ITEM + ")");
      return;
    }
    Optional<Address> address = address(place.get());
    Optional<String> name = value(written, MemberEntry.NAME);
    Optional<Integer> weight = value(written, MemberEntry.WEIGHT);
    Optional<Boolean> backup = value(written, MemberEntry.BACKUP);
    SortedMap<String, String> labels = labels(written);
    address
        .map(at -> new MemberEntry(at, name, weight.orElse(1), backup.orElse(false), labels))
        .ifPresent(entries::add);
  }

  private Optional<Address> address(Piece piece) {
    return parsed(piece, MemberEntry.ADDRESS);
  }

  private <T> Optional<T> value(Piece.Entries written, Shape.Key<T> key) {
    return find(written, key.name()).flatMap(piece -> parsed(piece, key));
  }

  private <T> Optional<T> parsed(Piece piece, Shape.Key<T> key) {
    if (!(piece instanceof Piece.Text text)) {
      wrong(piece, key.name() + ": " + key.shape().expectation());
      return Optional.empty();
    }
    try {
      return Optional.of(parse(key.shape(), text.value()));
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      problems.add(
          piece.line(),
          reason.contains("(expected:")
              ? reason
              : "%s: %s (expected: %s)"
                  .formatted(key.name(), Quoted.of(text.value()), key.shape().expectation()));
      return Optional.empty();
    }
  }

  private static <T> T parse(Shape<T> shape, String text) {
    return switch (shape) {
      case Shape.Scalar<T> scalar -> scalar.parse().apply(text);
      case Shape.Mapped<?, T> mapped -> parseMapped(mapped, text);
      case Shape.Listing<?> l -> throw new IllegalStateException("not a scalar: " + l);
      case Shape.Dictionary<?> d -> throw new IllegalStateException("not a scalar: " + d);
      case Shape.Mapping<T> m -> throw new IllegalStateException("not a scalar: " + m);
      case Shape.Shorthand<T> s -> throw new IllegalStateException("not a scalar: " + s);
      case Shape.Either<T> e -> throw new IllegalStateException("not a scalar: " + e);
    };
  }

  private static <A, T> T parseMapped(Shape.Mapped<A, T> mapped, String text) {
    return mapped.map().apply(parse(mapped.from(), text));
  }

  private SortedMap<String, String> labels(Piece.Entries written) {
    SortedMap<String, String> labels = new TreeMap<>();
    Optional<Piece> piece = find(written, MemberEntry.LABELS.name());
    if (piece.isPresent() && !(piece.get() instanceof Piece.Nothing)) {
      labels(piece.get(), labels);
    }
    return labels;
  }

  private void labels(Piece piece, SortedMap<String, String> labels) {
    if (!(piece instanceof Piece.Entries written)) {
      wrong(piece, MemberEntry.LABELS.shape().expectation());
      return;
    }
    for (Piece.Entry entry : written.entries()) {
      switch (entry.value()) {
        case Piece.Text text -> labels.put(entry.key(), text.value());
        case Piece.Nothing nothing -> labels.put(entry.key(), "");
        case Piece.Items list -> wrong(list, "the value of label " + Quoted.of(entry.key()));
        case Piece.Entries map -> wrong(map, "the value of label " + Quoted.of(entry.key()));
      }
    }
  }

  private void unknownKeys(Piece.Entries written, List<String> known) {
    for (Piece.Entry entry : written.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            entry.line(),
            "unknown key %s (expected: %s)"
                .formatted(Quoted.of(entry.key()), String.join(", ", known)));
      }
    }
  }

  private static Optional<Piece> find(Piece.Entries written, String key) {
    for (Piece.Entry entry : written.entries()) {
      if (entry.key().equals(key)) {
        return Optional.of(entry.value());
      }
    }
    return Optional.empty();
  }

  private void wrong(Piece piece, String expected) {
    String shown =
        switch (piece) {
          case Piece.Text text -> Quoted.of(text.value());
          case Piece.Nothing nothing -> "nothing";
          case Piece.Items items -> "a list";
          case Piece.Entries map -> "a mapping";
        };
    problems.add(piece.line(), "%s (expected: %s)".formatted(shown, expected));
  }
}
