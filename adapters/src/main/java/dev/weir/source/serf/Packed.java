package dev.weir.source.serf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A piece of what an agent says. */
sealed interface Packed {

  /** Something without a use here. */
  record Other() implements Packed {}

  /** A whole number. */
  record Whole(long value) implements Packed {}

  /** A list. */
  record Items(List<Packed> items) implements Packed {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** Keys, which are texts, and their values. */
  record Entries(Map<String, Packed> entries) implements Packed {
    public Entries {
      entries = Map.copyOf(entries);
    }
  }

  /** A text, or bytes: old agents do not tell the two apart. */
  final class Bytes implements Packed {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    byte[] bytes() {
      return bytes.clone();
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return HexFormat.of().formatHex(bytes);
    }
  }

  /** The value at a key; {@link Other} where there is none. */
  default Packed at(String key) {
    return this instanceof Entries map
        ? Objects.requireNonNullElseGet(map.entries().get(key), Other::new)
        : new Other();
  }

  /** As a text; empty for what is none. */
  default String asText() {
    return this instanceof Bytes text ? text.text() : "";
  }

  /** As a number; -1 for what is none. */
  default long asNumber() {
    return this instanceof Whole number ? number.value() : -1;
  }

  /** The items of a list; none for what is no list. */
  default List<Packed> asItems() {
    return this instanceof Items list ? list.items() : List.of();
  }
}
