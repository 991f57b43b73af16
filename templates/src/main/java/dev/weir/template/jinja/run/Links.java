package dev.weir.template.jinja.run;

import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Markup;
import dev.weir.template.jinja.value.Show;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes links of the addresses in a text that is HTML already: of web pages, of people, and of
 * schemes that are asked for. Marks around a word are no part of it, brackets only in pairs.
 *
 * @param limit how many characters of an address are shown, below zero how many are not; absent for
 *     all
 * @param rel the attribute's value, empty for none
 * @param target likewise
 * @param schemes beginnings that make a word a link, such as {@code tel:}
 */
record Links(Optional<Long> limit, String rel, String target, List<String> schemes) {

  private static final int FLAGS =
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
  private static final Pattern WORD = Pattern.compile("[^\\s\\x1c-\\x1f]+", FLAGS);
  private static final Pattern SCHEME = Pattern.compile("[\\w.+-]{2,}:/{0,2}", FLAGS);
  private static final Pattern LEADING = Pattern.compile("(?:[(<]|&lt;)++");
  private static final Pattern PERSON = Pattern.compile("[^\\s]+@\\w[\\w.-]*\\.\\w+", FLAGS);

  private static final String NAMED = "(?:https?://|www\\.)(?:[\\w%-]+\\.)*+";
  private static final String DOMAIN = "(?:[a-z]{2,63}|xn--[\\w%]{2,59})";
  private static final String KNOWN = "(?:[\\w%-]{2,63}\\.)++(?:com|net|int|edu|gov|org|info|mil)";
  private static final String NUMBERS =
      "https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}"
          + "|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}])";
  private static final Pattern PAGE =
      Pattern.compile(
          "(?:" + NAMED + DOMAIN + "|" + KNOWN + "|" + NUMBERS + ")(?::\\d{1,5})?(?:[/?#].*)?",
          FLAGS | Pattern.DOTALL);

  private static final List<String> CLOSING = List.of("&gt;", ")", ">", ".", ",");
  private static final List<List<String>> PAIRS =
      List.of(List.of("(", ")"), List.of("<", ">"), List.of("&lt;", "&gt;"));

  Links {
    schemes = List.copyOf(schemes);
    for (String scheme : schemes) {
      if (!SCHEME.matcher(scheme).matches()) {
        throw new Failure(Show.quoted(scheme) + " is not a valid URI scheme prefix.");
      }
    }
  }

  /** The text with its links. */
  String in(String html) {
    StringBuilder out = new StringBuilder(html.length() + 64);
    Matcher words = WORD.matcher(html);
    int end = 0;
    while (words.find()) {
      out.append(html, end, words.start());
      word(words.group(), out);
      end = words.end();
    }
    return out.append(html, end, html.length()).toString();
  }

  private void word(String word, StringBuilder out) {
    Matcher leading = LEADING.matcher(word);
    int start = leading.lookingAt() ? leading.end() : 0;
    int end = word.length();
    for (String mark = markBefore(word, start, end); mark != null; ) {
      end -= mark.length();
      mark = markBefore(word, start, end);
    }
    end = balanced(word, start, end);
    String middle = word.substring(start, end);
    String link = link(middle);
    out.append(word, 0, start)
        .append(link == null ? middle : link)
        .append(word, end, word.length());
  }

  private static @Nullable String markBefore(String word, int start, int end) {
    for (String mark : CLOSING) {
      if (end - mark.length() >= start && word.startsWith(mark, end - mark.length())) {
        return mark;
      }
    }
    return null;
  }

  /** Takes back from the marks behind what closes a bracket inside. */
  private static int balanced(String word, int start, int end) {
    int longer = end;
    for (List<String> pair : PAIRS) {
      String open = pair.get(0);
      String close = pair.get(1);
      String middle = word.substring(start, longer);
      int opened = count(middle, open);
      if (opened > count(middle, close)) {
        for (int i = Math.min(opened, count(word.substring(longer), close)); i > 0; i--) {
          longer = word.indexOf(close, longer) + close.length();
        }
      }
    }
    return longer;
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private @Nullable String link(String address) {
    if (PAGE.matcher(address).matches()) {
      boolean whole = address.startsWith("https://") || address.startsWith("http://");
      return link((whole ? "" : "https://") + address, attributes(), shown(address));
    }
    String mail = "mailto:";
    if (address.startsWith(mail) && isPerson(address.substring(mail.length()))) {
      return link(address, "", address.substring(mail.length()));
    }
    if (!address.startsWith("www.") && address.indexOf(':') < 0 && isPerson(address)) {
      return link(mail + address, "", address);
    }
    boolean asked =
        schemes.stream().anyMatch(scheme -> !address.equals(scheme) && address.startsWith(scheme));
    return asked ? link(address, attributes(), address) : null;
  }

  private static boolean isPerson(String address) {
    return address.indexOf('@') >= 0 && PERSON.matcher(address).matches();
  }

  private static String link(String address, String attributes, String shown) {
    return "<a href=\"" + address + '"' + attributes + '>' + shown + "</a>";
  }

  private String attributes() {
    return (rel.isEmpty() ? "" : " rel=\"" + Markup.escape(rel) + '"')
        + (target.isEmpty() ? "" : " target=\"" + Markup.escape(target) + '"');
  }

  private String shown(String address) {
    int length = address.codePointCount(0, address.length());
    if (limit.isEmpty() || length <= limit.get()) {
      return address;
    }
    long kept = limit.get() < 0 ? Math.max(0, length + limit.get()) : limit.get();
    return address.substring(0, address.offsetByCodePoints(0, (int) kept)) + "...";
  }
}
