package dev.weir.template.jinja.run;

import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Compare;
import dev.weir.template.jinja.value.DictView;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Keys;
import dev.weir.template.jinja.value.Lazy;
import dev.weir.template.jinja.value.PyList;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Filters that put items in order, or find the first and the last in it. */
final class OrderFilters {

  private static final List<String> GROUP = List.of("grouper", "list");

  private OrderFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "sort" ->
          Library.filter(name, "?reverse ?case_sensitive ?attribute", OrderFilters::sort);
      case "dictsort" ->
          Library.filter(name, "?case_sensitive ?by ?reverse", OrderFilters::dictSort);
      case "unique" -> Library.filter(name, "?case_sensitive ?attribute", OrderFilters::unique);
      case "groupby" ->
          Library.filter(name, "attribute ?default ?case_sensitive", OrderFilters::groupBy);
      case "min" ->
          Library.filter(name, "?case_sensitive ?attribute", (v, a, c) -> extreme(v, a, c, 1));
      case "max" ->
          Library.filter(name, "?case_sensitive ?attribute", (v, a, c) -> extreme(v, a, c, -1));
      default -> null;
    };
  }

  /** An item with what it is ordered by. */
  private record Ranked(Value rank, Value item) {
    static final Comparator<Ranked> ORDER = (a, b) -> Compare.order(a.rank(), b.rank(), "<");
  }

  private static List<Ranked> ranked(Value value, UnaryOperator<Value> rank, Context context) {
    List<Ranked> ranked = new ArrayList<>();
    for (Iterator<Value> items = Iterate.over(value); items.hasNext(); ) {
      context.budget().step();
      Value item = items.next();
      ranked.add(new Ranked(rank.apply(item), item));
    }
    return ranked;
  }

  private static Value sort(Value value, Bound args, Context context) {
    UnaryOperator<Value> order =
        Attributes.order(args.get(2, Null.NULL), args.isTrue(1, false), context);
    List<Ranked> ranked = ranked(value, order, context);
    Compare.sort(ranked, args.isTrue(0, false) ? Ranked.ORDER.reversed() : Ranked.ORDER);
    return new PyList(ranked.stream().map(Ranked::item).toList());
  }

  private static Value dictSort(Value value, Bound args, Context context) {
    if (!(value instanceof MapValue map)) {
      throw new Failure("'" + Types.name(value) + "' object has no attribute 'items'");
    }
    String by = args.text(1, "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw new Failure("You can only sort by either \"key\" or \"value\"");
    }
    int part = by.equals("key") ? 0 : 1;
    boolean caseSensitive = args.isTrue(0, false);
    UnaryOperator<Value> rank =
        pair -> {
          Value ranked = ((Tuple) pair).items().get(part);
          return caseSensitive ? ranked : TextFilters.caseless(ranked);
        };
    List<Ranked> ranked = ranked(new DictView(DictView.Part.ITEMS, map), rank, context);
    Compare.sort(ranked, args.isTrue(2, false) ? Ranked.ORDER.reversed() : Ranked.ORDER);
    return new PyList(ranked.stream().map(Ranked::item).toList());
  }

  private static UnaryOperator<Value> part(
      Value attribute, boolean caseSensitive, Context context) {
    UnaryOperator<Value> getter = Attributes.getter(attribute, Null.NULL, context);
    return caseSensitive ? getter : item -> TextFilters.caseless(getter.apply(item));
  }

  private static Value unique(Value value, Bound args, Context context) {
    UnaryOperator<Value> part = part(args.get(1, Null.NULL), args.isTrue(0, false), context);
    Iterator<Value> items = Iterate.over(value);
    Set<Value> seen = new HashSet<>();
    return Lazy.of(() -> {
      while (items.hasNext()) {
        context.budget().step();
        Value item = items.next();
        if (seen.add(Keys.of(part.apply(item)))) {
          return item;
        }
      }
      return null;
    });
  }

  /**
   * @param sign 1 for the smallest, -1 for the largest
   */
  private static Value extreme(Value value, Bound args, Context context, int sign) {
    UnaryOperator<Value> part = part(args.get(1, Null.NULL), args.isTrue(0, false), context);
    List<Ranked> ranked = ranked(value, part, context);
    if (ranked.isEmpty()) {
      return context.undefined("No aggregated item, sequence was empty.");
    }
    Ranked best = ranked.getFirst();
    for (Ranked next : ranked.subList(1, ranked.size())) {
      String symbol = sign > 0 ? "<" : ">";
      if (Compare.order(next.rank(), best.rank(), symbol) * sign < 0) {
        best = next;
      }
    }
    return best.item();
  }

  private static Value groupBy(Value value, Bound args, Context context) {
    Value otherwise = args.get(1, Null.NULL);
    boolean caseSensitive = args.isTrue(2, false);
    UnaryOperator<Value> getter = Attributes.getter(args.get(0), otherwise, context);
    List<Ranked> ranked =
        ranked(
            value,
            caseSensitive ? getter : item -> TextFilters.caseless(getter.apply(item)),
            context);
    Compare.sort(ranked, Ranked.ORDER);
    List<Value> groups = new ArrayList<>();
    for (int from = 0; from < ranked.size(); ) {
      int to = from;
      Value rank = ranked.get(from).rank();
      List<Value> items = new ArrayList<>();
      while (to < ranked.size() && Compare.equal(ranked.get(to).rank(), rank)) {
        items.add(ranked.get(to++).item());
      }
      Value name = caseSensitive ? rank : getter.apply(items.getFirst());
      groups.add(new Tuple(List.of(name, new PyList(items)), GROUP));
      from = to;
    }
    return new PyList(groups);
  }
}
