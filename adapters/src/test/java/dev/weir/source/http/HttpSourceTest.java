package dev.weir.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.model.SourceReport.Complete;
import dev.weir.net.TlsFiles;
import dev.weir.source.http.HttpWorld.Serving;
import dev.weir.testkit.Crowd;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.fake.FakeHttp;
import dev.weir.testkit.real.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked of a server with a list, and what its answers are taken for. */
final class HttpSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void theTagOfTheLastAnswerIsSentBack() throws Exception {
    try (HttpWorld world = new HttpWorld(Serving.TAGGED)) {
      world.hold(List.of("alpha"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha"));
        await().atMost(PATIENCE).until(() -> world.server().questions().size() > 3);
        assertThat(world.server().questions().getFirst().headers()).doesNotContainKey("prefer");
        assertThat(world.server().questions().get(2).headers())
            .containsEntry("if-none-match", "\"v1\"");
        assertThat(watched.reports()).hasSize(1);
      }
    }
  }

  @Test
  void manyPoolsOfOneListCostOneQuestionThatIsHeld() throws Exception {
    try (HttpWorld world = new HttpWorld(Serving.HELD)) {
      world.hold(List.of("alpha"));
      HttpSourceType type = new HttpSourceType(HttpWorld.HASTY);
      Resource list = world.resource(Map.of());
      try (Crowd crowd = Crowd.of(20, () -> type.open(list, HttpWorld.CONTEXT), PATIENCE)) {
        crowd.awaitMembers(Set.of("alpha"));
        await().atMost(PATIENCE).until(() -> world.server().questions().size() == 2);
        world.hold(List.of("alpha", "beta"));
        crowd.awaitMembers(Set.of("alpha", "beta"));
        await().atMost(PATIENCE).until(() -> world.server().questions().size() == 3);
        // one more may stay idle: the client opens it when it asks just as the other becomes free
        assertThat(world.server().connections()).isBetween(1, 2);
      }
    }
  }

  @Test
  void nothingIsSentWhileTheServerHoldsTheQuestion() throws Exception {
    try (HttpWorld world = new HttpWorld(Serving.HELD)) {
      world.hold(List.of("alpha"));
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.awaitMembers(Set.of("alpha"));
        await().atMost(PATIENCE).until(() -> world.server().questions().size() == 2);
        world.hold(List.of("alpha", "beta"));
        watched.awaitMembers(Set.of("alpha", "beta"));
        await().atMost(PATIENCE).until(() -> world.server().questions().size() == 3);
        FakeHttp.Question last = world.server().questions().getLast();
        assertThat(last.headers())
            .containsEntry("if-none-match", "\"v2\"")
            .containsEntry("prefer", "wait=2");
      }
    }
  }

  @Test
  void aServerThatHoldsNoQuestionIsNotAskedWithoutPause() throws Exception {
    FakeHttp.Answer always = new FakeHttp.Answer(200, Map.of("ETag", "\"same\""), "[]");
    int port = FreePorts.one();
    try (FakeHttp server = new FakeHttp(port, question -> always)) {
      server.start();
      Resource resource =
          new Resource(
              Url.parse("http://127.0.0.1:" + port),
              TlsFiles.NONE,
              Map.of(),
              new Resource.Rhythm(
                  Duration.ofDays(1), Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(60))));
      try (WatchedSource watched =
          WatchedSource.start(new HttpSourceType().open(resource, HttpWorld.CONTEXT), PATIENCE)) {
        watched.awaitMembers(Set.of());
        await()
            .during(Duration.ofMillis(500))
            .atMost(PATIENCE)
            .until(() -> server.questions().size() <= 2);
      }
    }
  }

  @Test
  void manySourcesOfOneListAskOnce() throws Exception {
    try (HttpWorld world = new HttpWorld(Serving.HELD)) {
      world.hold(List.of("alpha"));
      HttpSourceType type = new HttpSourceType(HttpWorld.HASTY);
      Resource resource =
          new Resource(
              Url.parse("http://127.0.0.1:%d/members.json".formatted(world.server().port())),
              TlsFiles.NONE,
              Map.of(),
              new Resource.Rhythm(
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(5),
                  Optional.of(Duration.ofSeconds(60))));
      try (WatchedSource one =
              WatchedSource.start(type.open(resource, HttpWorld.CONTEXT), PATIENCE);
          WatchedSource other =
              WatchedSource.start(type.open(resource, HttpWorld.CONTEXT), PATIENCE)) {
        one.awaitMembers(Set.of("alpha"));
        other.awaitMembers(Set.of("alpha"));
        world.hold(List.of("beta"));
        one.awaitMembers(Set.of("beta"));
        other.awaitMembers(Set.of("beta"));
        assertThat(world.server().questions()).hasSizeLessThanOrEqualTo(3);
      }
    }
  }

  @Test
  void aRefusalIsToldAndNotRepeatedAtOnce() throws Exception {
    FakeHttp.Answer denied = new FakeHttp.Answer(401, Map.of(), "");
    int port = FreePorts.one();
    try (FakeHttp server = new FakeHttp(port, question -> denied)) {
      server.start();
      Resource resource =
          new Resource(
              Url.parse("http://127.0.0.1:%d/?token=secret".formatted(port)),
              TlsFiles.NONE,
              Map.of(),
              new Resource.Rhythm(Duration.ofMillis(1), Duration.ofSeconds(5), Optional.empty()));
      try (WatchedSource watched =
          WatchedSource.start(new HttpSourceType().open(resource, HttpWorld.CONTEXT), PATIENCE)) {
        assertThat(watched.awaitUnavailable(0).reason())
            .isEqualTo(
                "http://127.0.0.1:%d/: status 401 (expected: 200; check the headers that are sent)"
                    .formatted(port));
        assertThat(server.questions()).hasSize(1);
      }
    }
  }

  @Test
  void tenThousandMembersAreOneReport() throws Exception {
    try (HttpWorld world = new HttpWorld(Serving.TAGGED)) {
      world.content(
          IntStream.range(0, 10_000)
              .mapToObj(i -> "\"10.1.%d.%d:80\"".formatted(i / 250, i % 250))
              .collect(Collectors.joining(",", "[", "]")));
      world.server().start();
      try (WatchedSource watched = WatchedSource.start(world.source(), PATIENCE)) {
        watched.await(
            0,
            "10,000 members",
            report -> report instanceof Complete complete && complete.members().size() == 10_000);
        assertThat(watched.reports()).hasSize(1);
      }
    }
  }

  @Test
  void urlsAreTakenApart() {
    assertThat(Url.parse("https://inventory.internal/v1/web?dc=a"))
        .hasToString("https://inventory.internal:443/v1/web")
        .extracting(Url::path)
        .isEqualTo("/v1/web?dc=a");
    assertThat(Url.parse("http://[2001:db8::1]:8080")).extracting(Url::path).isEqualTo("/");
    assertThatThrownBy(() -> Url.parse("http://user:word@host/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Url.parse("ftp://host/")).isInstanceOf(IllegalArgumentException.class);
  }
}
