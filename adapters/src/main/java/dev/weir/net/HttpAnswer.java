package dev.weir.net;

import java.nio.charset.StandardCharsets;

/**
 * What an HTTP server answered.
 *
 * @param status the status code
 * @param body as UTF-8, malformed input replaced
 */
public record HttpAnswer(int status, String body) {

  static HttpAnswer of(int status, byte[] body) {
    return new HttpAnswer(status, new String(body, StandardCharsets.UTF_8));
  }
}
