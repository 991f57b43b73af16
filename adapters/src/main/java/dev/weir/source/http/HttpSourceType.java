package dev.weir.source.http;

import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.memberlist.ListReport;
import dev.weir.net.TlsFiles;
import dev.weir.net.TlsKeys;
import dev.weir.spi.Durations;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The {@code http} source: members from a list that a server answers with. */
public final class HttpSourceType implements SourceType<Resource> {

  /** Where the list is. */
  static final Shape.Key<Url> URL =
      Shape.Key.required(
          "url",
          Shape.scalar("http://HOST/PATH or https://HOST/PATH", Url::parse),
          "Where the list is; it may be in any format that `file` takes. A tag (`ETag`) that the"
              + " server gives is sent back, so that an unchanged list costs a few bytes.");

  /** What is sent besides. */
  static final Shape.Key<Map<String, String>> HEADERS =
      Shape.Key.defaulted(
          "headers",
          Shape.dictionary("a header", Shape.scalar("its value", HttpSourceType::headerValue)),
          Map.of(),
          "{}",
          "Headers that are sent with each question.");

  /** How often it is asked for. */
  static final Shape.Key<Duration> EVERY =
      Shape.Key.defaulted(
          "every",
          Durations.SHAPE.map(HttpSourceType::positive),
          Duration.ofSeconds(5),
          "5s",
          "How often the list is asked for.");

  /** The time for an answer. */
  static final Shape.Key<Duration> TIMEOUT =
      Shape.Key.defaulted(
          "timeout",
          Durations.SHAPE.map(HttpSourceType::positive),
          Duration.ofSeconds(5),
          "5s",
          "How long a whole answer may take, beside `wait`.");

  /** Long polling. */
  static final Shape.Key<Duration> WAIT =
      Shape.Key.optional(
          "wait",
          Durations.SHAPE.map(HttpSourceType::seconds),
          "For servers that hold a question while nothing changes: how long they are asked to, by"
              + " `Prefer: wait=SECONDS` beside the tag; the next question follows at once.");

  private static final Shape<Resource> OPTIONS =
      new Shape.Shorthand<>(
          URL,
          new Shape.Mapping<>(
              "a mapping with url",
              List.of(URL, HEADERS, EVERY, TIMEOUT, WAIT, TlsKeys.CA, TlsKeys.CERT, TlsKeys.KEY),
              HttpSourceType::options));

  private final Followers<Resource, String> followers;

  public HttpSourceType() {
    this(Pace.USUAL);
  }

  HttpSourceType(Pace pace) {
    followers = new Followers<>(pace, HttpFollower::new);
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Shape<Resource> options() {
    return OPTIONS;
  }

  @Override
  public Source open(Resource options, Context context) {
    String place = options.toString();
    return followers.source(options, context.time(), text -> ListReport.of(place, text, context));
  }

  private static Resource options(Values values) {
    TlsFiles tls = TlsKeys.files(values);
    Url url = values.get(URL);
    if (!url.tls() && !tls.equals(TlsFiles.NONE)) {
      throw new IllegalArgumentException(
          "ca, cert and key have no meaning for %s (expected: only with https)".formatted(url));
    }
    return new Resource(
        url,
        tls,
        values.get(HEADERS),
        new Resource.Rhythm(values.get(EVERY), values.get(TIMEOUT), values.find(WAIT)));
  }

  private static Duration positive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("0s (expected: more than 0s)");
    }
    return duration;
  }

  private static Duration seconds(Duration duration) {
    if (duration.toSeconds() < 2 || duration.toMinutes() > 60) {
      throw new IllegalArgumentException(
          "%s (expected: 2s to 60m)".formatted(Durations.format(duration)));
    }
    return duration;
  }

  private static String headerValue(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException("a control character in it");
    }
    return text;
  }
}
