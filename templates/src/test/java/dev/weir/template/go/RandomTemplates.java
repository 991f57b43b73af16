package dev.weir.template.go;

import dev.weir.template.Source;
import dev.weir.template.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Random templates with random data: mostly well formed, with values of every type in every place,
 * and some with a few bytes changed. The same seed makes the same case.
 */
final class RandomTemplates {
  private static final int DEPTH = 3;
  private static final byte[] NOISE =
      Text.of("\n\t  \"`'{}{}()|.$:=,,-/*0179exi_%#+\\<\u00e9\u2028").toBytes();
  private static final List<String> FUNCTIONS =
      List.of(
          "print",
          "println",
          "len",
          "index",
          "slice",
          "not",
          "and",
          "or",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "html",
          "js",
          "urlquery",
          "call",
          "add",
          "toUpper",
          "fail",
          "join",
          "half",
          "flip",
          "natural",
          "same",
          "count",
          "size");

  /** Those that take anything. */
  private static final List<String> TOLERANT =
      List.of("print", "println", "and 1", "or", "not", "html", "js", "urlquery", "same", "print");

  private static final List<String> TEXTS =
      List.of(" ", "\n", "x", "a b", "\u00e9", "}}", "{ {", "\t- ", "\r\n", "<&>");
  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "42",
          "1.5",
          "0.0",
          "1e6",
          "0x1F",
          "'a'",
          "1i",
          "true",
          "false",
          "\"\"",
          "\"a\"",
          "\"b\\n\"",
          "\"\u00e9\\xff\"",
          "`r\\`",
          "1_000",
          "-0");

  private final SplittableRandom random;
  private final List<String> variables = new ArrayList<>(List.of("$"));
  private int ranges;

  /** Whether the defined template may be called: not from itself. */
  private boolean callable;

  private RandomTemplates(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The case of a seed. */
  static GoCase of(long seed) {
    RandomTemplates make = new RandomTemplates(seed);
    JsonNode data = GoCase.JSON.readTree(new RandomData(make.random).root());
    String mode = make.pick(List.of("default", "default", "zero", "error"));
    Text text = make.changed(Text.of(make.file()));
    return new GoCase("seed " + seed, List.of(new Source("t", text)), data, mode);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** Now and then with up to three bytes put in, taken out or doubled. */
  private Text changed(Text text) {
    byte[] bytes = text.toBytes();
    if (!oneIn(5)) {
      return text;
    }
    for (int change = random.nextInt(1, 4); change > 0 && bytes.length > 2; change--) {
      int at = random.nextInt(bytes.length - 1);
      int removed = random.nextInt(2);
      byte[] put = oneIn(3) ? new byte[0] : new byte[] {NOISE[random.nextInt(NOISE.length)]};
      byte[] next = new byte[bytes.length - removed + put.length];
      System.arraycopy(bytes, 0, next, 0, at);
      System.arraycopy(put, 0, next, at, put.length);
      System.arraycopy(bytes, at + removed, next, at + put.length, bytes.length - at - removed);
      bytes = next;
    }
    return Text.of(bytes);
  }

  private String file() {
    StringBuilder file = new StringBuilder();
    if (oneIn(2)) {
      callable = false;
      file.append("{{define \"d\"}}").append(fresh()).append("{{end}}");
    }
    callable = true;
    file.append(body(0));
    return file.toString();
  }

  /** A body of its own, which sees none of the variables here. */
  private String fresh() {
    List<String> outer = new ArrayList<>(variables);
    int outerRanges = ranges;
    variables.clear();
    variables.add("$");
    ranges = 0;
    String body = body(2);
    variables.clear();
    variables.addAll(outer);
    ranges = outerRanges;
    return body;
  }

  private String body(int depth) {
    StringBuilder body = new StringBuilder();
    int declared = variables.size();
    for (int count = random.nextInt(1, 4); count > 0; count--) {
      body.append(statement(depth));
    }
    variables.subList(declared, variables.size()).clear();
    return body.toString();
  }

  private String statement(int depth) {
    return switch (random.nextInt(depth < DEPTH ? 14 : 7)) {
      case 0 -> pick(TEXTS);
      case 1 ->
          action("/* " + pick(TEXTS).trim() + " */").replace("{{ ", "{{").replace(" }}", "}}");
      case 2 -> declaration();
      case 3, 4, 5, 6 -> action(pipeline(depth));
      case 7, 8 -> control("if", depth);
      case 9 -> control("with", depth);
      case 10, 11, 12 -> range(depth);
      default -> invocation(depth);
    };
  }

  private String action(String inside) {
    String left = oneIn(8) ? "{{- " : oneIn(3) ? "{{ " : "{{";
    String right = oneIn(8) ? " -}}" : oneIn(3) ? " }}" : "}}";
    return left + inside + right;
  }

  private String declaration() {
    if (variables.size() > 1 && oneIn(2)) {
      return action(pick(variables) + " = " + pipeline(1));
    }
    String name = "$v" + random.nextInt(3);
    String declaration = action(name + " := " + pipeline(1));
    variables.add(name);
    return declaration;
  }

  private String control(String keyword, int depth) {
    StringBuilder text = new StringBuilder(action(keyword + " " + pipeline(depth)));
    text.append(body(depth + 1));
    if (keyword.equals("if") && oneIn(3)) {
      text.append(action("else if " + pipeline(depth))).append(body(depth + 1));
    }
    if (oneIn(2)) {
      text.append(action("else")).append(body(depth + 1));
    }
    return text.append(action("end")).toString();
  }

  private String range(int depth) {
    int declared = variables.size();
    String over = oneIn(12) ? pipeline(depth) : pick(List.of(".a", "$.b", "$.c", "$", "$.nope"));
    String head =
        switch (random.nextInt(3)) {
          case 0 -> "";
          case 1 -> declare("$e") + " := ";
          default -> declare("$k") + ", " + declare("$e") + " := ";
        };
    ranges++;
    StringBuilder text = new StringBuilder(action("range " + head + over)).append(body(depth + 1));
    if (oneIn(4)) {
      text.append(action("if " + pipeline(2))).append(action(pick(List.of("break", "continue"))));
      text.append(action("end"));
    }
    ranges--;
    if (oneIn(3)) {
      text.append(action("else")).append(body(depth + 1));
    }
    variables.subList(declared, variables.size()).clear();
    return text.append(action("end")).toString();
  }

  private String declare(String name) {
    variables.add(name);
    return name;
  }

  private String invocation(int depth) {
    if (callable && oneIn(2)) {
      return action("template \"d\"" + (oneIn(3) ? "" : " " + pipeline(depth)));
    }
    String name = "b" + random.nextInt(1_000_000);
    return action("block \"" + name + "\" " + pipeline(depth)) + fresh() + action("end");
  }

  private String pipeline(int depth) {
    StringBuilder text = new StringBuilder(command(depth));
    while (oneIn(4)) {
      text.append(oneIn(3) ? "|" : " | ").append(oneIn(8) ? function(depth) : "print");
    }
    return text.toString();
  }

  private String command(int depth) {
    return oneIn(2) ? operand(depth) : function(depth);
  }

  private String function(int depth) {
    if (oneIn(5)) {
      return printf(depth);
    }
    boolean tolerant = !oneIn(6);
    StringBuilder text = new StringBuilder(pick(tolerant ? TOLERANT : FUNCTIONS));
    for (int count = tolerant ? 1 : random.nextInt(4); count > 0; count--) {
      text.append(oneIn(8) ? "  " : " ").append(operand(depth + 1));
    }
    return text.toString();
  }

  private String printf(int depth) {
    StringBuilder format = new StringBuilder();
    StringBuilder operands = new StringBuilder();
    for (int count = random.nextInt(1, 4); count > 0; count--) {
      format.append('%').append(pick(List.of("", "", "", "-", "+", "#", "0", " ", "+0", "-#")));
      format.append(pick(List.of("", "", "", "5", "12", "*", "[1]", "[2]")));
      format.append(pick(List.of("", "", "", ".0", ".2", ".7", ".", ".*")));
      format.append(pick(List.of("v", "v", "d", "s", "q", "x", "X", "f", "g", "e", "t", "T", "c")));
      format.append(pick(List.of("", "|", " ", "%%", "\u00e9")));
      if (!oneIn(8)) {
        operands.append(' ').append(operand(depth + 1));
      }
    }
    return "printf \"" + format + "\"" + operands;
  }

  private String operand(int depth) {
    return switch (random.nextInt(depth < DEPTH ? 9 : 7)) {
      case 0, 1 -> oneIn(20) ? pick(List.of("nil", "9223372036854775808")) : pick(LITERALS);
      case 2 -> pick(variables) + (oneIn(10) ? "." + key() : "");
      case 3 -> ".";
      case 4, 5, 6 -> path();
      default -> "(" + pipeline(depth + 1) + ")" + (oneIn(12) ? "." + key() : "");
    };
  }

  private String path() {
    String start = oneIn(4) ? "$." : ".";
    return start + key() + (oneIn(12) ? "." + key() : "");
  }

  private String key() {
    return oneIn(12)
        ? pick(List.of("nope", "Key", "Value", "Name", "Add", "\u00e9"))
        : pick(RandomData.KEYS);
  }
}
