package dev.weir.template.jinja.value;

import dev.weir.template.Null;
import dev.weir.template.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of one call in the order of the parameters. */
public final class Bound {

  private final Signature signature;
  private final List<@Nullable Value> values;

  Bound(Signature signature, List<@Nullable Value> values) {
    this.signature = signature;
    this.values = values;
  }

  /** Whether an argument was given. */
  public boolean has(int index) {
    return values.get(index) != null;
  }

  /** An argument that has to be given. */
  public Value get(int index) {
    Value value = values.get(index);
    if (value == null) {
      throw new Failure(
          "%s() missing required argument '%s'"
              .formatted(signature.name(), signature.parameters().get(index)));
    }
    return value;
  }

  /** An argument, or what stands for it when it is left out. */
  public Value get(int index, Value otherwise) {
    Value value = values.get(index);
    return value == null ? otherwise : value;
  }

  /** An argument, where it is given and not {@code None}. */
  public Optional<Value> some(int index) {
    Value value = values.get(index);
    return value == null || value == Null.NULL ? Optional.empty() : Optional.of(value);
  }

  /** An argument as an integer. */
  public long integer(int index, long otherwise) {
    Value value = values.get(index);
    return value == null ? otherwise : Numbers.index(value);
  }

  /** An argument as a text; what is no text is written as one. */
  public String text(int index, String otherwise) {
    Value value = values.get(index);
    return value == null ? otherwise : Show.str(value);
  }

  /** Whether an argument counts as true. */
  public boolean isTrue(int index, boolean otherwise) {
    Value value = values.get(index);
    return value == null ? otherwise : Truth.of(value);
  }
}
