package dev.weir.template.go;

import dev.weir.template.Functions;

/**
 * How templates are parsed and executed.
 *
 * @param functions what templates may call beside Go's own functions; they win over these
 * @param missingKey what a key gives that a map has not
 */
public record GoOptions(Functions functions, MissingKey missingKey) {
  /** Go's own functions, missing keys give nothing. */
  public static final GoOptions DEFAULT = new GoOptions(Functions.NONE, MissingKey.DEFAULT);
}
