package dev.weir.template.jinja.syntax;

/** What becomes of white space around tags; without any, all of it is kept but one last newline. */
public enum Trim {
  /** The newline after a block tag or a comment goes ({@code trim_blocks}). */
  NEWLINE_AFTER_BLOCK,
  /** Spaces and tabs before a block tag on a line of its own go ({@code lstrip_blocks}). */
  INDENT_BEFORE_BLOCK,
  /** The newline at the end of the template stays ({@code keep_trailing_newline}). */
  NOTHING_AT_END
}
