package dev.weir.template;

/** A truth value. */
public enum Bool implements Value {
  /** False. */
  FALSE,
  /** True. */
  TRUE;

  /** The value for a Java boolean. */
  public static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Whether it is true. */
  public boolean isTrue() {
    return this == TRUE;
  }

  @Override
  public Type type() {
    return Type.BOOL;
  }
}
