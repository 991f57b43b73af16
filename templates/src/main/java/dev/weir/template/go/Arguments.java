package dev.weir.template.go;

import dev.weir.template.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is given to the first word of a command.
 *
 * @param dot what the words are evaluated with
 * @param words the command's; the first one is what they are given to
 * @param piped the value of the command before, or null where there is none
 */
record Arguments(Value dot, List<Node.Operand> words, @Nullable Value piped) {

  /** How many words follow the first. */
  int count() {
    return words.size() - 1;
  }

  /** Whether there is any argument at all. */
  boolean areGiven() {
    return words.size() > 1 || piped != null;
  }

  /** The same dot without arguments. */
  Arguments none() {
    return new Arguments(dot, words.subList(0, 1), null);
  }
}
