package dev.weir.app.config;

import dev.weir.model.Quoted;
import java.util.List;
import java.util.Optional;

/** A piece of configuration as written, each part with its place; nothing of it is judged yet. */
sealed interface Tree {

  Place place();

  /** For messages: the value, or what kind of thing stands there. */
  String shown();

  /** A key without a value. */
  record Nothing(Place place) implements Tree {
    @Override
    public String shown() {
      return "nothing";
    }
  }

  /** One scalar, as text whatever it looks like. */
  record Text(Place place, String value) implements Tree {
    @Override
    public String shown() {
      return Quoted.of(value);
    }
  }

  /** A list. */
  record Items(Place place, List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /** A mapping; no key is in it twice. */
  record Entries(Place place, List<Entry> entries) implements Tree {
    public Entries {
      entries = List.copyOf(entries);
    }

    @Override
    public String shown() {
      return "a mapping";
    }

    Optional<Entry> find(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    List<String> keys() {
      return entries.stream().map(Entry::key).toList();
    }
  }

  /**
   * A key and its value.
   *
   * @param place of the key
   */
  record Entry(Place place, String key, Tree value) {}

  /** The value at this key, where this is a mapping that has it. */
  default Optional<Tree> at(String key) {
    return this instanceof Entries mapping ? mapping.find(key).map(Entry::value) : Optional.empty();
  }

  /** The items, where this is a list; none otherwise. */
  default List<Tree> list() {
    return this instanceof Items items ? items.items() : List.of();
  }

  /** The entries, where this is a mapping; none otherwise. */
  default List<Entry> mapping() {
    return this instanceof Entries entries ? entries.entries() : List.of();
  }
}
