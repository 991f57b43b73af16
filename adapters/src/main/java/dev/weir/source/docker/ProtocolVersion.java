package dev.weir.source.docker;

import java.util.Comparator;

/** A version of the engine's API: {@code 1.41}. */
record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {

  private static final Comparator<ProtocolVersion> ORDER =
      Comparator.comparingInt(ProtocolVersion::major).thenComparingInt(ProtocolVersion::minor);

  /**
   * Reads a version.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ProtocolVersion parse(String text) {
    if (!text.matches("[0-9]{1,4}\\.[0-9]{1,4}")) {
      throw new IllegalArgumentException("not a version");
    }
    int dot = text.indexOf('.');
    return new ProtocolVersion(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  @Override
  public int compareTo(ProtocolVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
