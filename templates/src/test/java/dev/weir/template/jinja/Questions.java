package dev.weir.template.jinja;

import dev.weir.template.jinja.JinjaOptions.Undefined;
import dev.weir.template.jinja.syntax.Trim;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes random templates with random data; a seed always gives the same. */
final class Questions {

  private static final List<String> WORDS =
      List.of(
          "", "a", "b", "abc", "Ab", "x y", "12", "-3", "1.5", "<b>", "é", "a,b", " pad ", "AB\nc");

  private final Random random;
  private final Expressions expressions;
  private int macros;

  private Questions(long seed) {
    this.random = new Random(seed);
    this.expressions = new Expressions(random);
  }

  static Question of(long seed) {
    Questions questions = new Questions(seed);
    Set<Trim> trim = EnumSet.noneOf(Trim.class);
    for (Trim each : Trim.values()) {
      if (questions.random.nextInt(4) == 0) {
        trim.add(each);
      }
    }
    Undefined undefined = questions.random.nextInt(4) == 0 ? Undefined.STRICT : Undefined.DEFAULT;
    return new Question(questions.block(2), questions.data(), trim, undefined);
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new HashMap<>();
    data.put("a", random.nextInt(20) - 5);
    data.put("b", random.nextInt(5));
    data.put("z", 0);
    data.put("f", (random.nextInt(2000) - 500) / 8.0);
    data.put("g", random.nextInt(9) / 10.0);
    data.put("s", word());
    data.put("t", word());
    data.put("e", "");
    data.put("l", numbers());
    data.put("w", List.of(word(), word(), word()));
    data.put("p", List.of(List.of("x", 1), List.of("y", 2)));
    data.put("d", Map.of("k", random.nextInt(5)));
    data.put("r", List.of(entry(), entry(), entry()));
    data.put("n", null);
    data.put("y", random.nextBoolean());
    return data;
  }

  private String word() {
    return expressions.pick(WORDS);
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      numbers.add(random.nextInt(9));
    }
    return numbers;
  }

  private Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("k", random.nextInt(3));
    entry.put("v", word());
    return entry;
  }

  private String block(int depth) {
    StringBuilder block = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      block.append(statement(depth)).append(gap());
    }
    return block.toString();
  }

  private String gap() {
    return expressions.pick(List.of("", "\n", " ", "  \n", ";", "\n\n  ", "{# c #}", "x\n"));
  }

  private String statement(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return output();
    }
    return switch (random.nextInt(9)) {
      case 0, 1 -> condition(depth);
      case 2, 3 -> loop(depth);
      case 4 ->
          tag("set " + expressions.pick(List.of("a", "s", "l", "u")) + " = " + expressions.any(1));
      case 5 -> tag("set v") + block(depth - 1) + tag("endset") + "{{ v }}";
      case 6 ->
          tag("with m = " + expressions.name()) + "{{ m }}" + block(depth - 1) + tag("endwith");
      case 7 ->
          tag("filter " + expressions.pick(List.of("upper", "trim", "e", "indent(2)")))
              + block(depth - 1)
              + tag("endfilter");
      default -> macro(depth);
    };
  }

  private String tag(String inner) {
    return (random.nextInt(6) == 0 ? "{%- " : "{% ")
        + inner
        + (random.nextInt(6) == 0 ? " -%}" : " %}");
  }

  private String output() {
    return (random.nextInt(8) == 0 ? "{{- " : "{{ ")
        + expressions.any(random.nextInt(4))
        + (random.nextInt(8) == 0 ? " -}}" : " }}");
  }

  private String condition(int depth) {
    String rest =
        switch (random.nextInt(3)) {
          case 0 -> tag("else") + block(depth - 1);
          case 1 -> tag("elif (" + expressions.truth(0) + ")") + block(depth - 1);
          default -> "";
        };
    return tag("if (" + expressions.truth(1) + ")") + block(depth - 1) + rest + tag("endif");
  }

  private String loop(int depth) {
    String items =
        expressions.pick(
            List.of(
                "l",
                "w",
                "r",
                "s",
                "d",
                "p",
                "range(3)",
                "r|sort(attribute='k')",
                "r|groupby('v')",
                "d.items()",
                "[]",
                "nosuch",
                "l|map('string')"));
    String test = random.nextInt(4) == 0 ? " if (" + expressions.truth(0) + ")" : "";
    String inner =
        expressions.pick(
            List.of(
                "{{ i }}",
                "{{ loop.index }}",
                "{{ loop.last }}",
                "{{ i.k }}",
                "{{ loop.cycle('x', 'y') }}",
                "{{ loop.length }}",
                "{{ loop.changed(i) }}",
                "{{ loop.previtem }}",
                "{{ loop.nextitem }}",
                "{{ loop.revindex }}",
                "{{ i[0] }}"));
    String otherwise = random.nextInt(4) == 0 ? tag("else") + block(0) : "";
    return tag("for i in " + items + test) + inner + block(depth - 1) + otherwise + tag("endfor");
  }

  private String macro(int depth) {
    String name = "macro" + macros++;
    return tag("macro " + name + "(q, v=" + expressions.any(1) + ")")
        + "[{{ q }}]"
        + block(depth - 1)
        + tag("endmacro")
        + "{{ "
        + name
        + "("
        + expressions.any(1)
        + ") }}";
  }
}
