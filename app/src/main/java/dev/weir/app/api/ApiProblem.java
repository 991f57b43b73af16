package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.PoolId;
import java.util.List;

/** A request that is not answered as asked: becomes {@code application/problem+json}. */
final class ApiProblem extends Exception {

  private static final long serialVersionUID = 1L;

  static final String CONTENT_TYPE = "application/problem+json";

  private final int status;
  private final transient JsonObject body;

  /**
   * @param type the last part of {@code urn:weir:problem:...}
   * @param detail the value, what was expected, one line
   */
  ApiProblem(int status, String type, String detail) {
    super(detail);
    this.status = status;
    this.body =
        new JsonObject()
            .with("type", "urn:weir:problem:" + type)
            .with("title", type.replace('-', ' '))
            .with("status", status)
            .with("detail", detail);
  }

  static ApiProblem badRequest(String detail) {
    return new ApiProblem(400, "bad-request", detail);
  }

  static ApiProblem noPool(String name) {
    return new ApiProblem(404, "no-such-pool", "no pool is called " + name)
        .with("pool", name)
        .hint("weir pools lists them");
  }

  static ApiProblem noMember(PoolId pool, String text) {
    return new ApiProblem(404, "no-such-member", "pool %s has no member %s".formatted(pool, text))
        .with("pool", pool)
        .with("member", text)
        .hint("weir members %s lists them".formatted(pool));
  }

  static ApiProblem noProxy(String name) {
    return new ApiProblem(404, "no-such-proxy", "no proxy is called " + name)
        .with("proxy", name)
        .hint("weir proxies lists them");
  }

  /** Adds a field; returns this. */
  ApiProblem with(String key, Object value) {
    var _ = body.with(key, value);
    return this;
  }

  /** Adds what to do; returns this. */
  ApiProblem hint(String what) {
    return with("hint", what);
  }

  /** Adds what could have been meant; returns this. */
  ApiProblem candidates(List<JsonObject> candidates) {
    return with("candidates", candidates);
  }

  int status() {
    return status;
  }

  JsonObject body() {
    return body;
  }
}
