package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;

/** Makes the errors of texts that are no templates. */
final class Mistake {

  private Mistake() {}

  /** An error at a character of a template. */
  static TemplateException at(Source source, int offset, String message) {
    return new TemplateException(
        TemplateException.Kind.SYNTAX, source, source.placeOfChar(offset), message);
  }
}
