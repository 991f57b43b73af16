package dev.weir.model;

/**
 * One nginx or HAProxy that is kept in step, by the name the configuration gives it.
 *
 * @param value 1 to 128 of {@code A-Z a-z 0-9 _ . -}, no {@code .} or {@code -} at the start
 */
public record ProxyName(String value) implements Comparable<ProxyName> {

  public ProxyName {
    Names.checked("proxy", value);
  }

  @Override
  public int compareTo(ProxyName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
