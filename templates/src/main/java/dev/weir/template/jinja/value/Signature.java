package dev.weir.template.jinja.value;

import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of something built in.
 *
 * @param name what is called, for errors
 * @param required how many of the parameters have to be given
 * @param parameters in the order of their places
 */
public record Signature(String name, int required, List<String> parameters) {
  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** A signature as {@code "a b ?c ?d"}: those with a question mark may be left out. */
  public static Signature of(String name, String written) {
    List<String> words = written.isEmpty() ? List.of() : Arrays.asList(written.split(" "));
    int required = (int) words.stream().filter(word -> !word.startsWith("?")).count();
    return new Signature(
        name, required, words.stream().map(word -> word.replace("?", "")).toList());
  }

  /** The arguments in the order of the parameters, null for one that was left out. */
  public Bound bind(Args args) {
    if (args.positional().size() > parameters.size()) {
      throw new Failure(
          "%s() takes %d arguments but %d were given"
              .formatted(name, parameters.size(), args.positional().size()));
    }
    List<@Nullable Value> values = new ArrayList<>(args.positional());
    while (values.size() < parameters.size()) {
      values.add(null);
    }
    args.named().forEach((key, value) -> set(values, key, value));
    for (int i = 0; i < required; i++) {
      if (values.get(i) == null) {
        throw new Failure("%s() missing required argument '%s'".formatted(name, parameters.get(i)));
      }
    }
    return new Bound(this, values);
  }

  private void set(List<@Nullable Value> values, String key, Value value) {
    int index = parameters.indexOf(key);
    if (index < 0) {
      throw new Failure("%s() got an unexpected keyword argument '%s'".formatted(name, key));
    }
    if (values.get(index) != null) {
      throw new Failure("%s() got multiple values for argument '%s'".formatted(name, key));
    }
    values.set(index, value);
  }
}
