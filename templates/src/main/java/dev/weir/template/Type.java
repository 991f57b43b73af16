package dev.weir.template;

import java.util.List;

/** What a parameter accepts, or what a container is declared to hold. */
public sealed interface Type {
  /** Anything. */
  Type ANY = Simple.ANY;

  /** {@link Bool}. */
  Type BOOL = Simple.BOOL;

  /** {@link Int}, signed. */
  Type INT = Simple.INT;

  /** {@link Int}, unsigned. */
  Type UINT = Simple.UINT;

  /** {@link Int}, a byte. */
  Type BYTE = Simple.BYTE;

  /** {@link Real}. */
  Type REAL = Simple.REAL;

  /** {@link Text}. */
  Type TEXT = Simple.TEXT;

  /** {@link FunctionValue}. */
  Type FUNCTION = Simple.FUNCTION;

  /** A type without parts. */
  enum Simple implements Type {
    /** {@link Type#ANY}. */
    ANY,
    /** {@link Type#BOOL}. */
    BOOL,
    /** {@link Type#INT}. */
    INT,
    /** {@link Type#UINT}. */
    UINT,
    /** {@link Type#BYTE}. */
    BYTE,
    /** {@link Type#REAL}. */
    REAL,
    /** {@link Type#TEXT}. */
    TEXT,
    /** {@link Type#FUNCTION}. */
    FUNCTION
  }

  /** Lists of one type of element. */
  record ListOf(Type element) implements Type {}

  /** Maps of one type of key and one of value. */
  record MapOf(Type key, Type value) implements Type {}

  /**
   * Objects of one kind.
   *
   * @param name as error messages show it
   */
  record Named(String name) implements Type {}

  /**
   * Records of one kind.
   *
   * @param name as error messages show it
   * @param fields in order, their names distinct
   */
  record Fields(String name, List<Field> fields) implements Type {
    public Fields {
      fields = List.copyOf(fields);
      long distinct = fields.stream().map(Field::name).distinct().count();
      if (distinct != fields.size()) {
        throw new IllegalArgumentException(name + ": " + fields + " (expected: distinct names)");
      }
    }

    /** The place of a field, or -1. */
    public int indexOf(String field) {
      for (int index = 0; index < fields.size(); index++) {
        if (fields.get(index).name().equals(field)) {
          return index;
        }
      }
      return -1;
    }
  }

  /** One field of a record. */
  record Field(String name, Type type) {}
}
