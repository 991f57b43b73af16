package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.Text;
import dev.weir.template.jinja.syntax.Whitespace;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** The methods of texts about letters: their case, and what kind they are. */
public final class CaseMethods {

  /** Takes methods in. */
  @FunctionalInterface
  interface Registry {
    void add(String name, String parameters, TextMethods.Body body);
  }

  private CaseMethods() {}

  static void into(Registry registry) {
    changing(registry, "upper", text -> text.toUpperCase(Locale.ROOT));
    changing(registry, "lower", text -> text.toLowerCase(Locale.ROOT));
    changing(registry, "casefold", text -> folded(text));
    changing(registry, "capitalize", CaseMethods::capitalized);
    changing(registry, "title", CaseMethods::titled);
    changing(registry, "swapcase", CaseMethods::swapped);
    asking(registry, "isalpha", Character::isLetter);
    asking(registry, "isalnum", c -> Character.isLetter(c) || isNumeric(c));
    asking(registry, "isdigit", CaseMethods::isDigit);
    asking(registry, "isdecimal", Character::isDigit);
    asking(registry, "isnumeric", CaseMethods::isNumeric);
    asking(registry, "isspace", Whitespace::is);
    registry.add("isascii", "", (t, a, b) -> Bool.of(t.chars().allMatch(c -> c < 0x80)));
    registry.add("islower", "", (t, a, b) -> Bool.of(isLower(t)));
    registry.add("isupper", "", (t, a, b) -> Bool.of(isUpper(t)));
    registry.add("istitle", "", (t, a, b) -> Bool.of(isTitle(t)));
  }

  private static void changing(Registry registry, String name, UnaryOperator<String> change) {
    registry.add(name, "", (text, args, budget) -> Text.of(change.apply(text)));
  }

  private static void asking(Registry registry, String name, IntPredicate all) {
    registry.add(
        name,
        "",
        (text, args, budget) -> Bool.of(!text.isEmpty() && text.codePoints().allMatch(all)));
  }

  private static boolean isNumeric(int c) {
    return Character.isDigit(c)
        || Character.getType(c) == Character.LETTER_NUMBER
        || Character.getType(c) == Character.OTHER_NUMBER;
  }

  private static boolean isDigit(int c) {
    return Character.isDigit(c) || "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".indexOf(c) >= 0;
  }

  /** Without differences of case. */
  public static String folded(String text) {
    return text.replace("ß", "ss").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** The first letter large, the others small. */
  public static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int second = text.offsetByCodePoints(0, 1);
    return large(text.codePointAt(0)) + text.substring(second).toLowerCase(Locale.ROOT);
  }

  private static String large(int c) {
    return Character.isLetter(c) && Character.toTitleCase(c) != c
        ? Character.toString(Character.toTitleCase(c))
        : Character.toString(c).toUpperCase(Locale.ROOT);
  }

  private static String titled(String text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      out.append(inWord ? Character.toString(c).toLowerCase(Locale.ROOT) : large(c));
      inWord = isCased(c);
    }
    return out.toString();
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  private static String swapped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          String one = Character.toString(c);
          out.append(
              Character.isUpperCase(c)
                  ? one.toLowerCase(Locale.ROOT)
                  : one.toUpperCase(Locale.ROOT));
        });
    return out.toString();
  }

  /** Whether there is a letter and none is large. */
  public static boolean isLower(String text) {
    return text.codePoints().anyMatch(CaseMethods::isCased)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  /** Whether there is a letter and none is small. */
  public static boolean isUpper(String text) {
    return text.codePoints().anyMatch(CaseMethods::isCased)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  private static boolean isTitle(String text) {
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      boolean large = Character.isUpperCase(c) || Character.isTitleCase(c);
      if (large == inWord && isCased(c)) {
        return false;
      }
      inWord = isCased(c);
    }
    return text.codePoints().anyMatch(CaseMethods::isCased);
  }
}
