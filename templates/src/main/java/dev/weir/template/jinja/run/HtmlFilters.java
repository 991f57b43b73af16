package dev.weir.template.jinja.run;

import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.DictView;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Markup;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.StringTokenizer;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Filters for HTML, addresses and JSON. */
final class HtmlFilters {

  private HtmlFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "e", "escape" -> Library.filter(name, "", (v, a, c) -> escape(v));
      case "forceescape" ->
          Library.filter(name, "", (v, a, c) -> new Markup(Markup.escape(Show.str(v))));
      case "safe" -> Library.filter(name, "", (v, a, c) -> new Markup(Show.str(v)));
      case "striptags" ->
          Library.filter(name, "", (v, a, c) -> Text.of(Tags.stripped(Show.str(v))));
      case "urlencode" -> Library.filter(name, "", (v, a, c) -> urlencode(v, c));
      case "urlize" ->
          Library.filter(
              name, "?trim_url_limit ?nofollow ?target ?rel ?extra_schemes", HtmlFilters::urlize);
      case "xmlattr" -> Library.filter(name, "?autospace", HtmlFilters::attributes);
      case "tojson" ->
          Library.filter(name, "?indent", (v, a, c) -> new Markup(Json.write(v, a, c.budget())));
      default -> null;
    };
  }

  private static Value escape(Value value) {
    return value instanceof Markup ? value : new Markup(Markup.escape(Show.str(value)));
  }

  private static Value urlencode(Value value, Context context) {
    boolean single = Types.isText(value) || Types.isNumber(value) || value == Null.NULL;
    if (single) {
      return Text.of(quoted(Show.str(value), "/"));
    }
    Value pairs = value instanceof MapValue map ? new DictView(DictView.Part.ITEMS, map) : value;
    List<String> written = new ArrayList<>();
    for (Iterator<Value> items = Iterate.over(pairs); items.hasNext(); ) {
      List<Value> pair = Iterate.all(items.next(), context.budget());
      if (pair.size() != 2) {
        throw new Failure("urlencode needs pairs, not %d items".formatted(pair.size()));
      }
      written.add(query(pair.get(0)) + "=" + query(pair.get(1)));
    }
    return Text.of(String.join("&", written));
  }

  private static Value urlize(Value value, Bound args, Context context) {
    String html = value instanceof Markup markup ? markup.text() : Markup.escape(Show.str(value));
    SortedSet<String> rel = new TreeSet<>(List.of("noopener"));
    args.some(3)
        .map(words -> new StringTokenizer(Show.str(words)))
        .ifPresent(words -> words.asIterator().forEachRemaining(word -> rel.add((String) word)));
    if (args.isTrue(1, false)) {
      rel.add("nofollow");
    }
    List<String> schemes = new ArrayList<>();
    args.some(4)
        .ifPresent(all ->
            Iterate.all(all, context.budget()).forEach(scheme -> schemes.add(Show.str(scheme))));
    context.budget().reserve(html.length());
    return Text.of(
        new Links(
                args.some(0).map(Numbers::index),
                String.join(" ", rel),
                args.some(2).map(Show::str).orElse(""),
                schemes)
            .in(html));
  }

  private static String query(Value value) {
    return quoted(Show.str(value), "").replace("%20", "+");
  }

  /** Percent signs for all but letters, digits, {@code _.-~} and some more. */
  static String quoted(String text, String safe) {
    StringBuilder out = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append("%%%02X".formatted((int) c).toUpperCase(Locale.ROOT));
      }
    }
    return out.toString();
  }

  private static Value attributes(Value value, Bound args, Context context) {
    if (!(value instanceof MapValue map)) {
      throw new Failure("xmlattr needs a dict, not '" + Types.name(value) + "'");
    }
    List<String> written = new ArrayList<>();
    for (var entry : map.entries()) {
      context.budget().step();
      if (entry.getValue() != Null.NULL && !(entry.getValue() instanceof Undefined)) {
        written.add(attribute(Show.str(entry.getKey()), entry));
      }
    }
    String all = String.join(" ", written);
    return Text.of(args.isTrue(0, true) && !all.isEmpty() ? " " + all : all);
  }

  private static String attribute(String name, Map.Entry<Value, Value> entry) {
    if (name.chars().anyMatch(c -> Character.isWhitespace(c) || "/>=".indexOf(c) >= 0)) {
      throw new Failure("Invalid character in attribute name: " + Show.quoted(name));
    }
    return Show.str(escape(entry.getKey())) + "=\"" + Show.str(escape(entry.getValue())) + '"';
  }
}
