package dev.weir.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.template.Function;
import dev.weir.template.FunctionFailure;
import dev.weir.template.Functions;
import dev.weir.template.Int;
import dev.weir.template.Limits;
import dev.weir.template.MapValue;
import dev.weir.template.ObjectValue;
import dev.weir.template.Parameter;
import dev.weir.template.RecordValue;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions, records and objects of the program in templates. */
class HostValuesTest {

  private static final Function REPEAT =
      new Function(
          "repeat",
          List.of(
              Parameter.required("text", Type.TEXT),
              Parameter.optional("times", Type.INT, Int.of(2))),
          Type.TEXT,
          call -> {
            if (call.integer(1) > 5) {
              throw new FunctionFailure("times: " + call.integer(1) + " (expected: at most 5)");
            }
            return Text.of(call.text(0).repeat((int) call.integer(1)));
          });

  private static final RecordValue MEMBER =
      new RecordValue(
          new Type.Fields(
              "Member",
              List.of(new Type.Field("name", Type.TEXT), new Type.Field("port", Type.INT))),
          List.of(Text.of("web1"), Int.of(80)));

  /** An object with one field and one method. */
  private static final class Box implements ObjectValue {
    @Override
    public Type.Named type() {
      return new Type.Named("Box");
    }

    @Override
    public Text display() {
      return Text.of("a box");
    }

    @Override
    public @Nullable Value field(String name) {
      return name.equals("size") ? Int.of(3) : null;
    }

    @Override
    public @Nullable Function method(String name) {
      return name.equals("repeat") ? REPEAT : null;
    }
  }

  @Test
  void aFunctionIsCalledByPlaceByNameAndAsAFilter() throws TemplateException {
    assertThat(render("{{ repeat('a') }} {{ repeat('b', 3) }} {{ repeat(times=1, text='c') }}"))
        .isEqualTo("aa bbb c");
    assertThat(render("{{ 'd'|repeat }} {{ 'e'|repeat(times=3) }}")).isEqualTo("dd eee");
    assertThat(render("{{ ['f', 'g']|map('repeat', 2)|join }}")).isEqualTo("ffgg");
  }

  @Test
  void aCallThatDoesNotFitIsAnErrorOfItsPlace() {
    assertThatThrownBy(() -> render("{{ repeat() }}"))
        .hasMessage("repeat() missing required argument 'text'");
    assertThatThrownBy(() -> render("{{ repeat(1) }}"))
        .hasMessage("repeat(): argument 'text' cannot be of type 'int'");
    assertThatThrownBy(() -> render("{{ repeat('a', 1, 2) }}"))
        .hasMessage("repeat() takes 2 arguments but 3 were given");
    assertThatThrownBy(() -> render("{{ repeat('a', n=1) }}"))
        .hasMessage("repeat() got an unexpected argument 'n'");
    assertThatThrownBy(() -> render("\n {{ repeat('a', 9) }}"))
        .hasMessage("repeat(): times: 9 (expected: at most 5)")
        .satisfies(error -> assertThat(((TemplateException) error).place()).hasToString("2:11"));
  }

  @Test
  void aRecordShowsItsFieldsAndNothingElse() throws TemplateException {
    assertThat(render("{{ member.name }}:{{ member['port'] }} {{ member.nosuch is defined }}"))
        .isEqualTo("web1:80 False");
    assertThat(render("{{ member }}")).isEqualTo("Member(name='web1', port=80)");
    assertThatThrownBy(() -> render("{% for x in member %}{% endfor %}"))
        .hasMessage("'Member' object is not iterable");
  }

  @Test
  void anObjectShowsWhatItExposesAndNothingElse() throws TemplateException {
    assertThat(render("{{ box }} {{ box.size }} {{ box.repeat('x', 3) }}"))
        .isEqualTo("a box 3 xxx");
    assertThat(render("{{ box.getClass is defined }}{{ box.hashCode is defined }}"))
        .isEqualTo("FalseFalse");
    assertThatThrownBy(() -> render("{{ box.getClass() }}"))
        .hasMessage("'Box object' has no attribute 'getClass'");
  }

  private static String render(String template) throws TemplateException {
    JinjaOptions options = JinjaOptions.DEFAULT.withFunctions(Functions.of(REPEAT));
    Value data = MapValue.of(Map.of("member", MEMBER, "box", new Box()));
    return JinjaTemplate.parse(Source.of("t", template), options)
        .render(data, Limits.DEFAULT)
        .toString();
  }
}
