package dev.weir.template.jinja;

import dev.weir.template.Limits;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Value;
import dev.weir.template.Values;

/** What an engine makes of a question. */
sealed interface Answer {

  /** A text. */
  record Output(String text) implements Answer {}

  /**
   * An error.
   *
   * @param stage {@code syntax} before anything ran, else {@code run}
   * @param column 0 where the engine says none
   */
  record Mistake(String stage, int line, int column, String message) implements Answer {}

  /** What this project's engine makes of it. */
  static Answer ofWeir(Question question) {
    Value data = Values.of(question.data());
    try {
      JinjaTemplate template =
          JinjaTemplate.parse(Source.of("t.j2", question.template()), question.options());
      return new Output(template.render(data, Limits.DEFAULT).toString());
    } catch (TemplateException mistake) {
      return new Mistake(
          mistake.kind() == TemplateException.Kind.SYNTAX ? "syntax" : "run",
          mistake.place().line(),
          mistake.place().column(),
          "" + mistake.getMessage());
    }
  }
}
