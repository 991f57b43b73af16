package dev.weir.template.jinja.syntax;

import dev.weir.template.TemplateException;

/** Counts what is open while a template is read, so that no template can exhaust the stack. */
final class Nesting {

  /** Brackets, conditions and blocks inside each other. */
  private static final int MOST = 100;

  private int depth;

  void enter(Tokens tokens) throws TemplateException {
    depth++;
    if (depth > MOST) {
      throw tokens.error(
          tokens.current().at(), "nested too deeply (expected: at most " + MOST + " levels)");
    }
  }

  void leave() {
    depth--;
  }
}
