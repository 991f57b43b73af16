package dev.weir.app.demo;

/**
 * What came back through a proxy.
 *
 * @param status of HTTP
 * @param backend who answered, as it says itself; empty where nobody did
 * @param tries as the proxy tells: whether it had to try more than one backend
 */
public record Answer(int status, String backend, Tries tries) {

  /** How many backends the proxy asked. */
  public enum Tries {
    ONE,
    SEVERAL
  }

  /** Whether a backend has answered, and well. */
  public boolean good() {
    return status == 200 && !backend.isEmpty();
  }
}
