package dev.weir.template.jinja;

import java.util.List;
import java.util.Random;

/** Makes random expressions, most of which fit together and have a value. */
final class Expressions {

  private static final List<String> NUMBERS = List.of("a", "b", "z", "f", "g", "d.k", "r[0].k");
  private static final List<String> TEXTS = List.of("s", "t", "e", "w[0]", "r[1].v", "w|first");
  private static final List<String> LISTS = List.of("l", "w", "p", "r", "d", "l", "w", "range(4)");
  private static final List<String> OTHERS = List.of("n", "y", "nosuch", "d.x", "d", "l[9]");
  private static final List<String> TO_NUMBER =
      List.of("|length", "|int", "|int(7)", "|float", "|wordcount", ".count('a')", ".find('b')");
  private static final List<String> OF_NUMBER =
      List.of("|abs", "|round", "|round(1)", "|int", "|float", "|round(1, 'floor')", "|round(-1)");
  private static final List<String> OF_LIST =
      List.of("|length", "|first", "|last", "|count", "|max", "|min", "|sum", "[0]", "[-1]");
  private static final List<String> TEXT_TO_TEXT =
      List.of(
          "|upper",
          "|lower",
          "|title",
          "|capitalize",
          "|trim",
          "|e",
          "|striptags",
          "|indent",
          "|indent(2, true)",
          "|truncate(5)",
          "|truncate(6, true, '', 0)",
          "|wordwrap(5)",
          "|replace('a', 'b')",
          "|center(9)",
          "|urlencode",
          "|reverse",
          "|string",
          "|tojson",
          "|default('q', true)",
          "|safe",
          "|forceescape",
          "|pprint",
          ".upper()",
          ".title()",
          ".strip()",
          ".replace('a', 'xy')",
          ".center(7, '*')",
          ".zfill(5)",
          ".swapcase()",
          ".ljust(4)",
          ".casefold()",
          "[0:2]",
          "[::-1]",
          "[-2:]",
          "[1:]",
          ".join(w)");
  private static final List<String> TO_LIST =
      List.of(
          "|list",
          ".split()",
          ".split('a')",
          ".rsplit(none, 1)",
          ".partition('b')",
          ".splitlines()",
          "|batch(2)|list",
          "|slice(2)|list",
          "|unique|list",
          "|map('upper')|list",
          "|sort",
          "|map('int')|list");
  private static final List<String> LIST_TO_LIST =
      List.of(
          "|list",
          "|sort",
          "|sort(reverse=true)",
          "|unique|list",
          "|reverse|list",
          "|batch(2)|list",
          "|batch(3, 'x')|list",
          "|slice(2)|list",
          "|slice(3, 0)|list",
          "|map('string')|list",
          "|map('int')|list",
          "|select|list",
          "|reject('odd')|list",
          "|select('number')|list",
          "[1:]",
          "[::-1]",
          "[:2]",
          "[-2:]",
          " + l",
          " * 2");
  private static final List<String> RECORDS =
      List.of(
          "|map(attribute='k')|list",
          "|selectattr('k')|list",
          "|groupby('k')",
          "|sort(attribute='k')",
          "|sort(attribute='v,k')",
          "|rejectattr('k', 'gt', 1)|list",
          "|sum(attribute='k')",
          "|join('-', attribute='k')",
          "|max(attribute='k')",
          "|pprint",
          "|map(attribute='v')|map('upper')|join(',')",
          "|tojson",
          "|unique(attribute='v')|list",
          "|selectattr('v', 'in', ['a', 'b'])|list",
          "|groupby('v')|map('first')|list",
          "|tojson(2)");
  private static final List<String> WILD =
      List.of(
          "|upper",
          "|length",
          "|list",
          "|first",
          "|sum",
          "|max",
          "|sort",
          "|join",
          "|int",
          "|float",
          "|abs",
          "|round",
          "|default('q')",
          "|tojson",
          "|string",
          "|e",
          "|dictsort",
          "|items|list",
          "|map(attribute='k')|list",
          "|xmlattr",
          "|filesizeformat",
          ".upper()",
          ".items()|list",
          ".get('k')",
          ".keys()|list",
          ".k",
          ".x",
          ".0",
          "[0]",
          "['k']",
          "[1:]",
          ".index(1)",
          "|format(1)",
          "|urlencode",
          "|truncate(2)",
          ".values()|list",
          "|reverse|list");
  private static final List<String> TESTS =
      List.of(
          "defined",
          "undefined",
          "none",
          "string",
          "number",
          "integer",
          "float",
          "mapping",
          "sequence",
          "iterable",
          "boolean",
          "true",
          "false",
          "upper",
          "lower",
          "eq 2",
          "callable",
          "escaped",
          "sameas none",
          "in [1, 2]",
          "divisibleby 3",
          "even",
          "odd",
          "lt 3");
  private static final List<String> FORMATS =
      List.of("%5d", "%.2f", "%x", "%g", "%e", "%05d", "%+.1f", "%s", "%-7s|", "%r", "%i", "%o");
  private static final List<String> BRACES =
      List.of("{}", "{:>6}", "{:.2f}", "{:g}", "{:e}", "{:+}", "{:08.1f}", "{:^9}", "{!r}", "{:,}");

  private final Random random;

  Expressions(Random random) {
    this.random = random;
  }

  String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Any name of the data. */
  String name() {
    return pick(List.of("a", "b", "z", "f", "g", "s", "t", "e", "l", "w", "p", "d", "r", "n", "y"));
  }

  /** An expression with at most so many levels. */
  String any(int depth) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> number(depth);
      case 3, 4, 5 -> text(depth);
      case 6, 7 -> list(depth);
      case 8 -> "r" + pick(RECORDS);
      case 9, 10 -> truth(depth);
      default -> bracketed(wild(depth)) + pick(WILD);
    };
  }

  private String wild(int depth) {
    return depth <= 0
        ? pick(OTHERS)
        : pick(List.of(number(depth - 1), text(depth - 1), list(depth - 1), pick(OTHERS)));
  }

  String number(int depth) {
    if (depth <= 0) {
      return random.nextBoolean() ? pick(NUMBERS) : numeral();
    }
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          number(depth - 1) + pick(List.of(" + ", " - ", " * ", " + ", " - ")) + operand(depth);
      case 2 -> operand(depth) + pick(List.of(" / ", " // ", " % ")) + operand(depth);
      case 3 -> "(" + text(depth - 1) + ")" + pick(TO_NUMBER);
      case 4 -> operand(depth) + pick(OF_NUMBER);
      case 5 -> "(" + list(depth - 1) + ")" + pick(OF_LIST);
      default -> pick(List.of("-", "+", "1.5 ** ")) + operand(depth);
    };
  }

  private String operand(int depth) {
    return bracketed(number(depth - 1));
  }

  private static String bracketed(String inner) {
    return "(" + inner + ")";
  }

  String text(int depth) {
    if (depth <= 0) {
      return random.nextBoolean()
          ? pick(TEXTS)
          : pick(List.of("''", "'a'", "'Ab c'", "'<&>'", "'12'", "'é😀'", "'a\\nb'", "'x-y z'"));
    }
    return switch (random.nextInt(7)) {
      case 0, 1, 2 -> bracketed(text(depth - 1)) + pick(TEXT_TO_TEXT);
      case 3 -> text(depth - 1) + " ~ " + bracketed(any(depth - 1));
      case 4 -> "(" + list(depth - 1) + ")|join('" + pick(List.of("", ",", " - ")) + "')";
      case 5 -> "'" + pick(FORMATS) + "' % " + bracketed(number(depth - 1));
      default -> "'" + pick(BRACES) + "'.format(" + number(depth - 1) + ")";
    };
  }

  String list(int depth) {
    if (depth <= 0) {
      return pick(LISTS);
    }
    return switch (random.nextInt(5)) {
      case 0 -> "[" + any(depth - 1) + ", " + any(depth - 1) + "]";
      case 1 -> pick(List.of("(1, ", "(", "(none, ")) + any(depth - 1) + ",)";
      case 2 -> "[{'k': " + any(depth - 1) + ", " + numeral() + ": " + any(depth - 1) + "}]";
      case 3 -> bracketed(text(depth - 1)) + pick(TO_LIST);
      default -> bracketed(list(depth - 1)) + pick(LIST_TO_LIST);
    };
  }

  String truth(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> operand(depth) + pick(List.of(" < ", " <= ", " > ", " >= ")) + operand(depth);
      case 1 ->
          bracketed(any(depth - 1)) + pick(List.of(" == ", " != ")) + bracketed(any(depth - 1));
      case 2 -> bracketed(text(depth - 1)) + pick(List.of(" in ", " not in ")) + pick(LISTS);
      case 3 ->
          "(" + wild(depth) + " is " + (random.nextBoolean() ? "" : "not ") + pick(TESTS) + ")";
      case 4 ->
          bracketed(any(depth - 1)) + pick(List.of(" and ", " or ")) + bracketed(any(depth - 1));
      default ->
          bracketed(any(depth - 1))
              + " if "
              + bracketed(truth0(depth))
              + " else "
              + bracketed(any(depth - 1));
    };
  }

  private String truth0(int depth) {
    return depth <= 0 ? "y" : truth(depth - 1);
  }

  private String numeral() {
    return switch (random.nextInt(4)) {
      case 0 -> pick(List.of("0.1", "1e16", "2.5", "1e-7", "100.0", "0.5", "1e3"));
      case 1 -> Double.toString(random.nextInt(400) / 16.0);
      default -> Integer.toString(random.nextInt(13));
    };
  }
}
