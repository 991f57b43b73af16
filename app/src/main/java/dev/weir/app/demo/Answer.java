package dev.weir.app.demo;

/**
 * What came back through a proxy.
 *
 * @param status of HTTP
 * @param backend who answered, as it says itself; empty where nobody did
 * @param tries as the proxy tells: whether it had to try more than one backend
 */
record Answer(int status, String backend, Tries tries) {

  /** How many backends the proxy asked. */
  enum Tries {
    ONE,
    SEVERAL
  }

  boolean good() {
    return status == 200 && !backend.isEmpty();
  }
}
