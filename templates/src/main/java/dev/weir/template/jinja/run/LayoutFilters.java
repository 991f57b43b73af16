package dev.weir.template.jinja.run;

import dev.weir.template.Int;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.CutMethods;
import dev.weir.template.jinja.value.CutMethods.Ends;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Markup;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters that lay a text out: indented, cut short, in lines of a width. */
final class LayoutFilters {

  /** By how much a text may be too long and is still left whole. */
  private static final long LEEWAY = 5;

  private LayoutFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "indent" -> Library.filter(name, "?width ?first ?blank", LayoutFilters::indent);
      case "truncate" ->
          Library.filter(name, "?length ?killwords ?end ?leeway", LayoutFilters::truncate);
      case "wordwrap" ->
          Library.filter(
              name,
              "?width ?break_long_words ?wrapstring ?break_on_hyphens",
              LayoutFilters::wordwrap);
      default -> null;
    };
  }

  private static Value like(Value given, String text) {
    return given instanceof Markup ? new Markup(text) : Text.of(text);
  }

  private static Value indent(Value value, Bound args, Context context) {
    Value width = args.get(0, Int.of(4));
    String indent = Types.isText(width) ? Types.text(width) : spaces(Numbers.index(width), context);
    boolean first = args.isTrue(1, false);
    boolean blank = args.isTrue(2, false);
    List<String> lines = CutMethods.lines(Types.text(value) + "\n", Ends.DROPPED);
    StringBuilder out = new StringBuilder(first ? indent : "");
    for (int i = 0; i < lines.size(); i++) {
      boolean indented = i > 0 && (blank || !lines.get(i).isEmpty());
      context.budget().reserve(indent.length() + lines.get(i).length());
      out.append(i == 0 ? "" : "\n").append(indented ? indent : "").append(lines.get(i));
    }
    return like(value, out.toString());
  }

  private static String spaces(long width, Context context) {
    context.budget().reserve(Math.max(0, width));
    return " ".repeat((int) Math.max(0, width));
  }

  private static Value truncate(Value value, Bound args, Context context) {
    long length = args.integer(0, 255);
    String end = args.text(2, "...");
    long leeway = args.some(3).map(Numbers::index).orElse(LEEWAY);
    int endLength = end.codePointCount(0, end.length());
    if (length < endLength) {
      throw new Failure("expected length >= %d, got %d".formatted(endLength, length));
    }
    if (leeway < 0) {
      throw new Failure("expected leeway >= 0, got " + leeway);
    }
    if (Iterate.length(value) <= length + leeway) {
      return value;
    }
    String text = Types.text(value);
    String cut = text.substring(0, text.offsetByCodePoints(0, (int) (length - endLength)));
    int space = cut.lastIndexOf(' ');
    boolean killWords = args.isTrue(1, false);
    return like(value, (killWords || space < 0 ? cut : cut.substring(0, space)) + end);
  }

  private static Value wordwrap(Value value, Bound args, Context context) {
    Wrapping wrapping =
        new Wrapping(
            args.integer(0, 79),
            args.isTrue(1, true) ? Wrapping.Words.CUT : Wrapping.Words.KEPT,
            args.isTrue(3, true) ? Wrapping.Hyphens.BREAK : Wrapping.Hyphens.KEEP);
    String separator = args.some(2).map(Types::text).orElse("\n");
    List<String> lines = new ArrayList<>();
    for (String line : CutMethods.lines(Types.text(value), Ends.DROPPED)) {
      context.budget().step();
      lines.add(String.join(separator, wrapping.lines(line)));
    }
    return Text.of(String.join(separator, lines));
  }
}
