package dev.weir.memberlist;

import java.util.List;

/** A piece of a YAML or JSON text, with the line, counted from 1, on which it begins. */
sealed interface Piece {

  int line();

  /** A scalar, of whatever type. */
  record Text(int line, String value) implements Piece {}

  /** A null: nothing, {@code null} or {@code ~}. */
  record Nothing(int line) implements Piece {}

  /** A list. */
  record Items(int line, List<Piece> items) implements Piece {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A mapping, in the order written. */
  record Entries(int line, List<Entry> entries) implements Piece {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /** A key and its value. */
  record Entry(int line, String key, Piece value) {}
}
