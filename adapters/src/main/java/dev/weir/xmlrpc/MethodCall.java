package dev.weir.xmlrpc;

import java.util.List;

/**
 * A call. Values are String, Integer, Long, Boolean, Double, Instant, List, Map with String keys,
 * and {@link Bytes}.
 */
public record MethodCall(String method, List<Object> parameters) {
  public MethodCall {
    parameters = List.copyOf(parameters);
  }

  /** Bytes, as their base64 text. */
  public record Bytes(String base64) {}
}
