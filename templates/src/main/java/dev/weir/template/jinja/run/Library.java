package dev.weir.template.jinja.run;

import dev.weir.template.Function;
import dev.weir.template.Functions;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters and tests that templates may use, by name. Immutable once made. */
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
  private final Map<String, Filter> filters = new HashMap<>();
  private final Map<String, Test> tests = new HashMap<>();

  /**
   * The built-in ones.
   *
   * @param functions functions of the program, which are filters too
   */
  public Library(Functions functions) {
    this.functions = functions;
    functions.all().forEach(function -> filters.put(function.name(), hosted(function)));
    TextFilters.into(this);
    LayoutFilters.into(this);
    HtmlFilters.into(this);
    NumberFilters.into(this);
    SequenceFilters.into(this);
    OrderFilters.into(this);
    ChoiceFilters.into(this);
    ValueFilters.into(this);
    Tests.into(this);
  }

  private static Filter hosted(Function function) {
    return (value, args, context) -> {
      List<Value> all = new ArrayList<>(List.of(value));
      all.addAll(args.positional());
      return HostFunctions.call(function, new Args(all, args.named()), context.budget());
    };
  }

  /** Adds a filter with fixed parameters, written as {@link Signature#of} reads them. */
  void filter(String name, String parameters, Body body) {
    Signature signature = Signature.of(name, parameters);
    filters.put(name, (value, args, context) -> body.apply(value, signature.bind(args), context));
  }

  /** Adds a filter that takes what comes. */
  void filter(String name, Filter filter) {
    filters.put(name, filter);
  }

  void test(String name, Test test) {
    tests.put(name, test);
  }

  /** Whether there is a filter of this name. */
  public boolean hasFilter(String name) {
    return filters.containsKey(name);
  }

  /** Whether there is a test of this name. */
  public boolean hasTest(String name) {
    return tests.containsKey(name);
  }

  Filter filter(String name) {
    Filter filter = filters.get(name);
    if (filter == null) {
      throw new Failure("no filter is called '" + name + "'");
    }
    return filter;
  }

  Test test(String name) {
    Test test = tests.get(name);
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
