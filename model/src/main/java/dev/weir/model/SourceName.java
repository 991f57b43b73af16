package dev.weir.model;

/**
 * One source of one pool, as people see it in {@code weir sources}: {@code web/docker}, or {@code
 * web/file-2} for the second of a kind.
 *
 * @param value two safe names with a slash between
 */
public record SourceName(String value) implements Comparable<SourceName> {

  public SourceName {
    int slash = value.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "source: %s (expected: POOL/KIND)".formatted(Quoted.of(value)));
    }
    Names.checked("source", value.substring(0, slash));
    Names.checked("source", value.substring(slash + 1));
  }

  /** The name of a pool's source. */
  public static SourceName of(PoolId pool, String kind) {
    return new SourceName(pool.value() + "/" + kind);
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
