package dev.weir.xmlrpc;

import java.util.Map;

/** What became of a call. */
public sealed interface MethodResponse {

  /** Its value. */
  record Value(Object value) implements MethodResponse {}

  /** It was not carried out. */
  record Fault(int code, String message) implements MethodResponse {

    /** As a structure, as it stands in the answer to several calls. */
    public Map<String, Object> asStruct() {
      return Map.of("faultCode", code, "faultString", message);
    }
  }
}
