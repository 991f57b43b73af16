package dev.weir.haproxyconf;

/**
 * A word of a line.
 *
 * @param text quotes and escapes taken off; a variable as it is written
 * @param start the index of its first character in the file's text, quotes included
 * @param end the index after its last one
 * @param variable whether it has a variable of the environment, so that only HAProxy knows what it
 *     says, or even how many words it is
 */
public record Word(String text, int start, int end, boolean variable) {

  /** Whether it is certainly this word. */
  public boolean is(String wanted) {
    return !variable && text.equals(wanted);
  }
}
