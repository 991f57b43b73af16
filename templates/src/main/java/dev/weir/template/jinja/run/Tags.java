package dev.weir.template.jinja.run;

import dev.weir.template.jinja.syntax.Whitespace;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the tags out of HTML. */
final class Tags {

  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(?<decimal>\\d{1,7})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<name>\\w+));");

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", "\u00a0"),
          Map.entry("copy", "©"),
          Map.entry("reg", "®"),
          Map.entry("laquo", "«"),
          Map.entry("raquo", "»"),
          Map.entry("hellip", "…"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("euro", "€"));

  private Tags() {}

  /** A text without comments and tags, entities as characters, white space as single spaces. */
  static String stripped(String html) {
    String text = without(without(html, "<!--", "-->"), "<", ">");
    StringBuilder out = new StringBuilder();
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      if (Whitespace.is(text.charAt(i))) {
        space = !out.isEmpty();
      } else {
        out.append(space ? " " : "").append(text.charAt(i));
        space = false;
      }
    }
    return unescaped(out.toString());
  }

  private static String without(String text, String open, String close) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int start = text.indexOf(open); start >= 0; start = text.indexOf(open, from)) {
      int end = text.indexOf(close, start);
      if (end < 0) {
        break;
      }
      out.append(text, from, start);
      from = end + close.length();
    }
    return out.append(text, from, text.length()).toString();
  }

  private static String unescaped(String text) {
    return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)));
  }

  private static String character(MatchResult entity) {
    if (entity.group("name") != null) {
      return NAMED.getOrDefault(entity.group("name"), entity.group());
    }
    int c =
        entity.group("decimal") != null
            ? Integer.parseInt(entity.group("decimal"))
            : Integer.parseInt(entity.group("hex"), 16);
    return c > 0 && c <= Character.MAX_CODE_POINT ? Character.toString(c) : "\ufffd";
  }
}
