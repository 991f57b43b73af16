package dev.weir.template.go;

import dev.weir.template.Source;

/** One template of a set: its name, its statements, and the file that it stands in. */
record Definition(String name, Source source, Node.Sequence sequence) {

  /** Whether it has nothing but white space and comments. */
  boolean isEmpty() {
    return sequence.statements().stream()
        .allMatch(statement ->
            statement instanceof Node.TextNode text && isBlank(text.text().toString()));
  }

  private static boolean isBlank(String text) {
    return text.codePoints().allMatch(Runes::isSpace);
  }
}
