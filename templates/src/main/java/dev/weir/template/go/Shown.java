package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Execution;
import dev.weir.template.FunctionFailure;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Limits;
import dev.weir.template.Value;

/** Values inside messages. */
final class Shown {
  /** A message shows no more of a value than anybody would read. */
  private static final Limits LIMITS = Limits.DEFAULT.withOutput(1 << 20);

  private Shown() {}

  /** A value by a verb. */
  static String by(char verb, Value value) throws FunctionFailure {
    Bytes out = new Bytes();
    try {
      new ValueFormat(out, new Execution(LIMITS)).print(value, new Directive(verb));
    } catch (LimitExceeded limit) {
      throw new FunctionFailure(String.valueOf(limit.getMessage()), limit);
    }
    return out.toText().toString();
  }
}
