package dev.weir.template;

/** The value that says that there is none. */
public enum Null implements Value {
  /** The only one. */
  NULL;

  @Override
  public Type type() {
    return Type.ANY;
  }
}
