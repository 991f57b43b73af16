package dev.weir.haproxyconf;

import java.util.List;

/**
 * A {@code server} line.
 *
 * @param line with a name and an address
 */
public record Server(Line line) {

  public Server {
    if (line.words().size() < 3) {
      throw new IllegalArgumentException(
          "line %d has %d words (expected: server, a name and an address)"
              .formatted(line.number(), line.words().size()));
    }
  }

  public Word name() {
    return line.words().get(1);
  }

  /** As it is written, without quotes. */
  public Word address() {
    return line.words().get(2);
  }

  /** What follows the address. */
  public List<Word> parameters() {
    return line.words().subList(3, line.words().size());
  }

  /** Whether all of it is plain to see: neither variables nor a condition. */
  public boolean isCertain() {
    return !line.conditional() && line.words().stream().noneMatch(Word::variable);
  }
}
