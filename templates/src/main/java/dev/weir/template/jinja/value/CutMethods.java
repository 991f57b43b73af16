package dev.weir.template.jinja.value;

import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Whitespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** The methods of texts that cut something off, cut them into parts or fill them up. */
public final class CutMethods {

  private CutMethods() {}

  static void into(CaseMethods.Registry registry) {
    registry.add("strip", "?chars", (t, a, b) -> stripped(t, a, true, true));
    registry.add("lstrip", "?chars", (t, a, b) -> stripped(t, a, true, false));
    registry.add("rstrip", "?chars", (t, a, b) -> stripped(t, a, false, true));
    registry.add("removeprefix", "prefix", (t, a, b) -> withoutPrefix(t, Types.text(a.get(0))));
    registry.add("removesuffix", "suffix", (t, a, b) -> withoutSuffix(t, Types.text(a.get(0))));
    registry.add("split", "?sep ?maxsplit", (t, a, b) -> split(t, a));
    registry.add("rsplit", "?sep ?maxsplit", (t, a, b) -> rsplit(t, a));
    registry.add("splitlines", "?keepends", (t, a, b) -> lines(t, a.isTrue(0, false)));
    registry.add("partition", "sep", (t, a, b) -> partition(t, a, false));
    registry.add("rpartition", "sep", (t, a, b) -> partition(t, a, true));
    registry.add("ljust", "width ?fillchar", (t, a, b) -> filled(t, a, -1, b));
    registry.add("rjust", "width ?fillchar", (t, a, b) -> filled(t, a, 1, b));
    registry.add("center", "width ?fillchar", (t, a, b) -> filled(t, a, 0, b));
    registry.add("zfill", "width", CutMethods::zeros);
    registry.add("expandtabs", "?tabsize", CutMethods::tabs);
  }

  /** A text without characters at its ends; without white space where none are given. */
  private static Value stripped(String text, Bound args, boolean left, boolean right) {
    String chars = args.some(0).map(Types::text).orElse(null);
    IntPredicate cut = chars == null ? Whitespace::is : c -> chars.indexOf(c) >= 0;
    int from = 0;
    int to = text.length();
    while (left && from < to && cut.test(text.codePointAt(from))) {
      from = text.offsetByCodePoints(from, 1);
    }
    while (right && to > from && cut.test(text.codePointBefore(to))) {
      to = text.offsetByCodePoints(to, -1);
    }
    return Text.of(text.substring(from, to));
  }

  private static Value withoutPrefix(String text, String prefix) {
    return Text.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }

  private static Value withoutSuffix(String text, String suffix) {
    return Text.of(
        text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
  }

  private static String separator(Value given) {
    String separator = Types.text(given);
    if (separator.isEmpty()) {
      throw new Failure("empty separator");
    }
    return separator;
  }

  private static Value split(String text, Bound args) {
    long most = args.integer(1, -1);
    List<String> parts = new ArrayList<>();
    if (args.some(0).isEmpty()) {
      words(text, most, parts);
      return ListMethods.texts(parts);
    }
    String separator = separator(args.get(0));
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0 && (most < 0 || parts.size() < most); ) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return ListMethods.texts(parts);
  }

  private static void words(String text, long most, List<String> parts) {
    int at = Whitespace.skip(text, 0);
    while (at < text.length()) {
      if (most >= 0 && parts.size() >= most) {
        parts.add(text.substring(at));
        return;
      }
      int end = at;
      while (end < text.length() && !Whitespace.is(text.charAt(end))) {
        end++;
      }
      parts.add(text.substring(at, end));
      at = Whitespace.skip(text, end);
    }
  }

  private static Value rsplit(String text, Bound args) {
    long most = args.integer(1, -1);
    List<String> parts = new ArrayList<>();
    if (args.some(0).isEmpty()) {
      String turned = new StringBuilder(text).reverse().toString();
      words(turned, most, parts);
      parts.replaceAll(part -> new StringBuilder(part).reverse().toString());
    } else {
      String separator = separator(args.get(0));
      int to = text.length();
      for (int at = text.lastIndexOf(separator); at >= 0 && (most < 0 || parts.size() < most); ) {
        parts.add(text.substring(at + separator.length(), to));
        to = at;
        at = at < separator.length() ? -1 : text.lastIndexOf(separator, at - separator.length());
      }
      parts.add(text.substring(0, to));
    }
    Collections.reverse(parts);
    return ListMethods.texts(parts);
  }

  private static Value lines(String text, boolean ends) {
    return ListMethods.texts(lines(text, ends ? Ends.KEPT : Ends.DROPPED));
  }

  /** What becomes of line ends. */
  public enum Ends {
    KEPT,
    DROPPED
  }

  /** The lines of a text; whatever Python counts as a line end ends one. */
  public static List<String> lines(String text, Ends ends) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if ("\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029".indexOf(text.charAt(i)) >= 0) {
        int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
        lines.add(text.substring(from, ends == Ends.KEPT ? end : i));
        from = end;
        i = end - 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static Value partition(String text, Bound args, boolean last) {
    String separator = separator(args.get(0));
    int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) {
      Text whole = Text.of(text);
      return last
          ? Tuple.of(Text.EMPTY, Text.EMPTY, whole)
          : Tuple.of(whole, Text.EMPTY, Text.EMPTY);
    }
    return Tuple.of(
        Text.of(text.substring(0, at)),
        Text.of(separator),
        Text.of(text.substring(at + separator.length())));
  }

  /** Filled up on the right (below zero), on the left (above zero) or on both sides. */
  private static Value filled(String text, Bound args, int side, Budget budget) {
    String fill = args.text(1, " ");
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw new Failure("The fill character must be exactly one character long");
    }
    long missing = args.integer(0, 0) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return Text.of(text);
    }
    budget.reserve(text.length() + missing);
    long left = side < 0 ? 0 : side > 0 ? missing : half(missing, args.integer(0, 0));
    return Text.of(fill.repeat((int) left) + text + fill.repeat((int) (missing - left)));
  }

  /** Of an odd number the larger half stands on the left where the width is odd. */
  private static long half(long missing, long width) {
    return missing / 2 + (missing & width & 1);
  }

  private static Value zeros(String text, Bound args, Budget budget) {
    long missing = args.integer(0, 0) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return Text.of(text);
    }
    budget.reserve(text.length() + missing);
    int sign = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    return Text.of(text.substring(0, sign) + "0".repeat((int) missing) + text.substring(sign));
  }

  private static Value tabs(String text, Bound args, Budget budget) {
    long size = args.integer(0, 8);
    StringBuilder out = new StringBuilder();
    long column = 0;
    for (int c : text.codePoints().toArray()) {
      if (c == '\t') {
        long spaces = size > 0 ? size - column % size : 0;
        budget.reserve(spaces);
        out.repeat(' ', (int) spaces);
        column += spaces;
      } else {
        out.appendCodePoint(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return Text.of(out.toString());
  }
}
