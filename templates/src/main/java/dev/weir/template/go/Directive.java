package dev.weir.template.go;

/** How one value is to be formatted: verb, flags, width and precision. */
final class Directive {
  /** A width or precision that is not given. */
  static final int NONE = -1;

  int verb;
  int width = NONE;
  int precision = NONE;
  boolean plus;
  boolean minus;
  boolean sharp;
  boolean space;
  boolean zero;

  /** The verb {@code v} with a plus: names of fields. */
  boolean named;

  /** The verb {@code v} with a sharp: Go's source code. */
  boolean source;

  Directive(int verb) {
    this.verb = verb;
  }

  /** {@code v} with a plus or sharp means something else than other verbs with it. */
  void settle() {
    if (verb == 'v') {
      source = sharp;
      sharp = false;
      named = plus;
      plus = false;
    }
  }

  /** The same with another verb. */
  Directive with(int other) {
    Directive copy = copy();
    copy.verb = other;
    return copy;
  }

  /** The same with the sign always shown. */
  Directive withPlus() {
    Directive copy = copy();
    copy.plus = true;
    return copy;
  }

  /** The same, padded with spaces. */
  Directive withoutZero() {
    Directive copy = copy();
    copy.zero = false;
    return copy;
  }

  private Directive copy() {
    Directive copy = new Directive(verb);
    copy.width = width;
    copy.precision = precision;
    copy.plus = plus;
    copy.minus = minus;
    copy.sharp = sharp;
    copy.space = space;
    copy.zero = zero;
    copy.named = named;
    copy.source = source;
    return copy;
  }
}
