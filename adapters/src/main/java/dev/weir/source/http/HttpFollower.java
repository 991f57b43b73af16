package dev.weir.source.http;

import dev.weir.follow.Follower;
import dev.weir.memberlist.ListReport;
import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpCalls;
import dev.weir.net.HttpQuestion;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks for a list of members again and again. With the tag of the last answer the server can say in
 * a few bytes that nothing has changed, and one that was asked to wait can hold the question until
 * something does.
 */
final class HttpFollower implements Follower<String> {

  /** An answer this fast was not held back, whatever the server was asked. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final Resource resource;
  private final Time time;

  HttpFollower(Resource resource, Time time) {
    this.resource = resource;
    this.time = time;
  }

  @Override
  public void follow(Consumer<String> teller) throws IOException, InterruptedException {
    try (HttpCalls calls = HttpCalls.to(resource.target())) {
      Optional<String> tag = Optional.empty();
      Optional<String> body = Optional.empty();
      while (true) {
        long asked = time.nanos();
        HttpAnswer answer = calls.ask(question(tag), timeout(tag), ListReport.LARGEST);
        boolean news = answer.status() == 200 && !body.equals(Optional.of(answer.body()));
        if (answer.status() == 200) {
          teller.accept(answer.body());
          body = Optional.of(answer.body());
          tag = answer.header("etag");
        } else if (answer.status() != 304 || tag.isEmpty()) {
          throw failed(answer.status());
        }
        Duration took = Duration.ofNanos(time.nanos() - asked);
        boolean held = waits(tag) && (news || took.compareTo(AT_ONCE) >= 0);
        time.sleep(held ? Duration.ZERO : resource.rhythm().every());
      }
    }
  }

  private HttpQuestion question(Optional<String> tag) {
    HttpQuestion question = HttpQuestion.get(resource.url().path());
    for (Map.Entry<String, String> header : resource.headers().entrySet()) {
      question = question.with(header.getKey(), header.getValue());
    }
    if (tag.isPresent()) {
      question = question.with("If-None-Match", tag.get());
      if (resource.rhythm().hold().isPresent()) {
        question = question.with("Prefer", "wait=" + resource.rhythm().hold().get().toSeconds());
      }
    }
    return question;
  }

  private Duration timeout(Optional<String> tag) {
    Duration wait = resource.rhythm().hold().filter(w -> tag.isPresent()).orElse(Duration.ZERO);
    return resource.rhythm().timeout().plus(wait);
  }

  private boolean waits(Optional<String> tag) {
    return resource.rhythm().hold().isPresent() && tag.isPresent();
  }

  private IOException failed(int status) {
    String reason = "%s: status %d".formatted(resource, status);
    return status == 401 || status == 403
        ? new RefusedException(reason + " (expected: 200; check the headers that are sent)")
        : new IOException(reason + " (expected: 200)");
  }
}
