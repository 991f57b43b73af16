package dev.weir.source.http;

import dev.weir.follow.Pace;
import dev.weir.model.Address;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.net.TlsFiles;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.fake.FakeHttp;
import dev.weir.testkit.fake.FakeHttp.Answer;
import dev.weir.testkit.fake.FakeHttp.Question;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A server with a list of members. */
final class HttpWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "http"), Time.SYSTEM);
  static final Pace HASTY = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));

  /** How the server treats questions that carry a tag. */
  enum Serving {
    /** Answers at once, in full. */
    PLAIN,
    /** Answers at once, that nothing has changed when nothing has. */
    TAGGED,
    /** Holds the question until something changes. */
    HELD
  }

  private final Serving serving;
  private final FakeHttp server = new FakeHttp(FreePorts.one(), this::answer);
  private String content = "[]"; // guarded by this
  private int version; // guarded by this

  HttpWorld(Serving serving) {
    this.serving = serving;
  }

  FakeHttp server() {
    return server;
  }

  @Override
  public Source source() {
    return source(Map.of());
  }

  /** A source that sends these headers. */
  Source source(Map<String, String> headers) {
    return new HttpSourceType(HASTY).open(resource(headers), CONTEXT);
  }

  /** What it is told to look at. */
  Resource resource(Map<String, String> headers) {
    Optional<Duration> hold =
        serving == Serving.HELD ? Optional.of(Duration.ofSeconds(2)) : Optional.empty();
    return new Resource(
        new Url(false, Address.parse("127.0.0.1:" + server.port()), "/members.json"),
        TlsFiles.NONE,
        headers,
        new Resource.Rhythm(Duration.ofMillis(20), Duration.ofMillis(300), hold));
  }

  @Override
  public void hold(List<String> names) throws IOException {
    content(
        names.stream()
            .map(name -> "{\"address\": \"%s\", \"name\": \"%s\"}".formatted(address(name), name))
            .collect(Collectors.joining(", ", "[", "]")));
    server.start();
  }

  synchronized void content(String text) {
    content = text;
    version++;
    notifyAll();
  }

  private static String address(String name) {
    return "10.0.0." + (int) name.charAt(0) + ":80";
  }

  private synchronized Answer answer(Question question) throws InterruptedException {
    String seen = question.headers().getOrDefault("if-none-match", "");
    boolean asksToWait = question.headers().containsKey("prefer");
    while (serving == Serving.HELD && asksToWait && seen.equals(tag())) {
      wait();
    }
    if (serving != Serving.PLAIN && seen.equals(tag())) {
      return new Answer(304, Map.of("ETag", tag()), "");
    }
    Map<String, String> headers = serving == Serving.PLAIN ? Map.of() : Map.of("ETag", tag());
    return new Answer(200, headers, content);
  }

  private synchronized String tag() {
    return "\"v" + version + "\"";
  }

  @Override
  public void fail(Fault fault) throws IOException {
    server.fail(fault);
  }

  @Override
  public synchronized void stir() {
    version++;
    notifyAll();
  }

  @Override
  public void rewind(List<String> names) throws IOException {
    synchronized (this) {
      version = 0;
    }
    hold(names);
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
