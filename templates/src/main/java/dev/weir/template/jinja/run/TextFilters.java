package dev.weir.template.jinja.run;

import dev.weir.template.Int;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Percent;
import dev.weir.template.jinja.value.PyDict;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters that make one text of another. */
final class TextFilters {

  /** Only made for the filters that need them. */
  private static final class Words {
    static final Pattern START = Pattern.compile("[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);
    static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  }

  private TextFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "upper" -> Library.filter(name, "", (v, a, c) -> method(v, "upper", Args.NONE, c));
      case "lower" -> Library.filter(name, "", (v, a, c) -> method(v, "lower", Args.NONE, c));
      case "capitalize" ->
          Library.filter(name, "", (v, a, c) -> method(v, "capitalize", Args.NONE, c));
      case "title" -> Library.filter(name, "", (v, a, c) -> Text.of(titled(Show.str(v))));
      case "trim" -> Library.filter(name, "?chars", TextFilters::trim);
      case "replace" -> Library.filter(name, "old new ?count", TextFilters::replace);
      case "center" -> Library.filter(name, "?width", TextFilters::center);
      case "string" -> Library.filter(name, "", (v, a, c) -> soft(v));
      case "wordcount" -> Library.filter(name, "", (v, a, c) -> Int.of(words(Show.str(v))));
      case "format" -> TextFilters::format;
      default -> null;
    };
  }

  /** The value itself where it is a text, else as it prints. */
  static Value soft(Value value) {
    return Types.isText(value) ? value : Text.of(Show.str(value));
  }

  private static Value method(Value value, String name, Args args, Context context) {
    return context.call(context.attribute(soft(value), name), args);
  }

  private static String titled(String text) {
    StringBuilder out = new StringBuilder();
    Matcher gaps = Words.START.matcher(text);
    int from = 0;
    while (gaps.find()) {
      out.append(titledWord(text.substring(from, gaps.start()))).append(gaps.group());
      from = gaps.end();
    }
    return out.append(titledWord(text.substring(from))).toString();
  }

  private static String titledWord(String word) {
    if (word.isEmpty()) {
      return word;
    }
    int second = word.offsetByCodePoints(0, 1);
    return word.substring(0, second).toUpperCase(Locale.ROOT)
        + word.substring(second).toLowerCase(Locale.ROOT);
  }

  private static Value trim(Value value, Bound args, Context context) {
    return method(value, "strip", args.some(0).map(Args::of).orElse(Args.NONE), context);
  }

  private static Value replace(Value value, Bound args, Context context) {
    Value old = Text.of(Show.str(args.get(0)));
    Value now = Text.of(Show.str(args.get(1)));
    Value text = Text.of(Show.str(value));
    Args all = args.some(2).map(count -> Args.of(old, now, count)).orElse(Args.of(old, now));
    return method(text, "replace", all, context);
  }

  private static Value center(Value value, Bound args, Context context) {
    return method(value, "center", Args.of(args.get(0, Int.of(80))), context);
  }

  private static long words(String text) {
    return Words.WORD.matcher(text).results().count();
  }

  private static Value format(Value value, Args args, Context context) {
    if (!args.positional().isEmpty() && !args.named().isEmpty()) {
      throw new Failure("can't handle positional and keyword arguments at the same time");
    }
    Value values = args.named().isEmpty() ? new Tuple(args.positional()) : PyDict.of(args.named());
    return Percent.format(soft(value), values, context.budget());
  }

  /** A text without differences of case; any other value itself. */
  static Value caseless(Value value) {
    return Types.isText(value) ? Text.of(Types.text(value).toLowerCase(Locale.ROOT)) : value;
  }
}
