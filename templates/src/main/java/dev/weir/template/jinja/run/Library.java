package dev.weir.template.jinja.run;

import dev.weir.template.Function;
import dev.weir.template.Functions;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The filters and tests that templates may use, by name. Safe for use by many threads. */
public final class Library {

  /** What a filter does. */
  @FunctionalInterface
  interface Filter {
    Value apply(Value value, Args args, Context context);
  }

  /** What a filter with fixed parameters does. */
  @FunctionalInterface
  interface Body {
    Value apply(Value value, Bound args, Context context);
  }

  /** What a test asks. */
  @FunctionalInterface
  interface Test {
    boolean holds(Value value, Args args, Context context);
  }

  private final Functions functions;

  /** What templates have used so far: each is made when the first one does. */
  private final Map<String, Filter> filters = new ConcurrentHashMap<>();

  private final Map<String, Test> tests = new ConcurrentHashMap<>();

  /**
   * The built-in ones.
   *
   * @param functions functions of the program, which are filters too, and win over built-in ones
   */
  public Library(Functions functions) {
    this.functions = functions;
  }

  private @Nullable Filter findFilter(String name) {
    Function function = functions.get(name);
    if (function != null) {
      return hosted(function);
    }
    Filter found = TextFilters.find(name);
    found = found == null ? SequenceFilters.find(name) : found;
    found = found == null ? ValueFilters.find(name) : found;
    found = found == null ? ChoiceFilters.find(name) : found;
    found = found == null ? OrderFilters.find(name) : found;
    found = found == null ? NumberFilters.find(name) : found;
    found = found == null ? LayoutFilters.find(name) : found;
    return found == null ? HtmlFilters.find(name) : found;
  }

  private static Filter hosted(Function function) {
    return (value, args, context) -> {
      List<Value> all = new ArrayList<>(List.of(value));
      all.addAll(args.positional());
      return HostFunctions.call(function, new Args(all, args.named()), context.budget());
    };
  }

  /** A filter with fixed parameters, written as {@link Signature#of} reads them. */
  static Filter filter(String name, String parameters, Body body) {
    Signature signature = Signature.of(name, parameters);
    return (value, args, context) -> body.apply(value, signature.bind(args), context);
  }

  /** Whether there is a filter of this name. */
  public boolean hasFilter(String name) {
    return filters.computeIfAbsent(name, this::findFilter) != null;
  }

  /** Whether there is a test of this name. */
  public boolean hasTest(String name) {
    return tests.computeIfAbsent(name, Tests::find) != null;
  }

  Filter filter(String name) {
    Filter filter = filters.computeIfAbsent(name, this::findFilter);
    if (filter == null) {
      throw new Failure("no filter is called '" + name + "'");
    }
    return filter;
  }

  Test test(String name) {
    Test test = tests.computeIfAbsent(name, Tests::find);
    if (test == null) {
      throw new Failure("no test is called '" + name + "'");
    }
    return test;
  }

  /** The function of the program of this name, or null. */
  @Nullable Function function(String name) {
    return functions.get(name);
  }
}
