package dev.weir.driver.nginx;

import dev.weir.model.Address;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolKind;
import java.util.Optional;

/**
 * The only server of a pool without ready members.
 *
 * @param parameters of its line
 * @param why for a comment
 */
record Substitute(Endpoint endpoint, String parameters, String why) {

  /** Its failures are never counted: it has no other to give way to. */
  private static final String ALWAYS = "max_fails=0";

  /** Nothing is asked there: where all servers are down, nginx closes connections at once. */
  private static final Endpoint NOBODY = (Endpoint) Address.parse("127.0.0.1:1");

  /**
   * What answers in the place of members; empty where one is ready. A pool whose last members
   * should stay but that never had any answers as by default.
   */
  static Optional<Substitute> of(DesiredPool pool, PoolKind kind, EmptyAnswers answers) {
    if (!pool.withoutReadyMember()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (pool.empty()) {
          case EmptyPolicy.Status status -> answering(status, kind, answers, "no member is ready");
          case EmptyPolicy.Fallback fallback ->
              new Substitute(fallback.endpoint(), ALWAYS, "fallback");
          case EmptyPolicy.Keep keep ->
              answering(EmptyAnswers.DEFAULT, kind, answers, "no member was ever ready");
        });
  }

  private static Substitute answering(
      EmptyPolicy.Status status, PoolKind kind, EmptyAnswers answers, String why) {
    return switch (kind) {
      case HTTP -> new Substitute(answers.address(status), ALWAYS, why);
      case TCP, UDP -> new Substitute(NOBODY, "down", why);
    };
  }

  /** Its line with this comment, without indent. */
  String line(String comment) {
    return "server %s %s; # %s".formatted(endpoint, parameters, comment);
  }
}
