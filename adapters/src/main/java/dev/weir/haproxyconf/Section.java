package dev.weir.haproxyconf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A section of an HAProxy configuration, up to the line before the next one.
 *
 * @param header the line that begins it
 * @param lines all others, blank ones, comments and conditions too
 */
public record Section(Line header, List<Line> lines) {

  public Section {
    lines = List.copyOf(lines);
    if (header.words().isEmpty()) {
      throw new IllegalArgumentException("a section without a name of its kind");
    }
  }

  /** {@code global}, {@code backend} and so on. */
  public String kind() {
    return header.keyword();
  }

  /** Its name; empty where it has none, or one that only HAProxy knows. */
  public String name() {
    boolean known = header.words().size() > 1 && !header.words().get(1).variable();
    return known ? header.words().get(1).text() : "";
  }

  /** Whether servers can stand in it. */
  public boolean hasServers() {
    return kind().equals("backend") || kind().equals("listen");
  }

  /** The {@code defaults} section that it names; absent for the last one before it. */
  public Optional<String> from() {
    List<String> words = header.texts();
    return words.size() > 3 && words.get(2).equals("from")
        ? Optional.of(words.get(3))
        : Optional.empty();
  }

  /** Its {@code server} lines, in order, those under a condition too. */
  public List<Server> servers() {
    return lines.stream()
        .filter(line -> line.keyword().equals("server") && line.words().size() > 2)
        .map(Server::new)
        .toList();
  }

  /** Lines that say something other than a server, conditions left out. */
  public Stream<Line> settings() {
    return lines.stream()
        .filter(line -> !line.words().isEmpty() && !line.isMacro())
        .filter(line -> !line.keyword().equals("server"));
  }
}
