package dev.weir.template;

/**
 * An integer of 64 bits.
 *
 * @param value the bits; for {@link Kind#UNSIGNED} to be read as unsigned
 * @param kind how it was declared; a language without such kinds ignores it
 */
public record Int(long value, Kind kind) implements Value {
  /** How an integer is declared. */
  public enum Kind {
    /** Signed, the usual one. */
    SIGNED,
    /** Unsigned. */
    UNSIGNED,
    /** One byte of a text, 0 to 255. */
    BYTE
  }

  public Int {
    if (kind == Kind.BYTE && (value < 0 || value > 255)) {
      throw new IllegalArgumentException(value + " (expected: a byte, 0 to 255)");
    }
  }

  /** A signed integer. */
  public static Int of(long value) {
    return new Int(value, Kind.SIGNED);
  }

  @Override
  public Type type() {
    return switch (kind) {
      case SIGNED -> Type.INT;
      case UNSIGNED -> Type.UINT;
      case BYTE -> Type.BYTE;
    };
  }

  /** The number in decimal. */
  @Override
  public String toString() {
    return kind == Kind.UNSIGNED ? Long.toUnsignedString(value) : Long.toString(value);
  }
}
