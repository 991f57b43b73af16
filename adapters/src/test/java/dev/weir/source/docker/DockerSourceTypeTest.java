package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.net.HttpTarget;
import dev.weir.source.docker.DockerSourceType.Options;
import dev.weir.source.docker.DockerSourceType.Reach;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class DockerSourceTypeTest {

  @Test
  void publishedPortsOfTheLocalEngineAreTheDefault() {
    Options options = options(written());
    assertThat(options)
        .isEqualTo(
            new Options(
                new Selection(List.of("app=web"), Optional.empty(), Optional.empty()),
                new Addressing.Published(OptionalInt.empty(), "127.0.0.1"),
                HttpTarget.parse("unix:/var/run/docker.sock")));
    assertThat(new DockerSourceType().connectsInVain(options)).isTrue();
  }

  @Test
  void everyKeyCanBeWritten() {
    Options options =
        options(
            written()
                .put(DockerSourceType.NAME, new NameRule("web-.*"))
                .put(DockerSourceType.IMAGE, "web")
                .put(DockerSourceType.PORT, 8080)
                .put(DockerSourceType.ADDRESS, Reach.CONTAINER)
                .put(DockerSourceType.NETWORK, "front")
                .put(EngineKeys.ENGINE, HttpTarget.parse("tcp://127.0.0.1:2375")));
    assertThat(options)
        .isEqualTo(
            new Options(
                new Selection(
                    List.of("app=web"), Optional.of(new NameRule("web-.*")), Optional.of("web")),
                new Addressing.Inside(OptionalInt.of(8080), Optional.of("front")),
                HttpTarget.parse("127.0.0.1:2375")));
    assertThat(new DockerSourceType().connectsInVain(options)).isFalse();
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    assertThatThrownBy(() -> options(written().put(DockerSourceType.NETWORK, "front")))
        .hasMessage("network has no meaning here (expected: only with address: container)");
    assertThatThrownBy(() ->
            options(
                written()
                    .put(DockerSourceType.ADDRESS, Reach.CONTAINER)
                    .put(DockerSourceType.HOST, "10.0.0.1")))
        .hasMessage("host has no meaning here (expected: only with address: published)");
  }

  @Test
  void aBadRegularExpressionIsRefused() {
    assertThatThrownBy(() -> parse(DockerSourceType.NAME, "web-("))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unclosed group");
  }

  private static Values.Builder written() {
    return new Values.Builder().put(DockerSourceType.LABEL, List.of("app=web"));
  }

  private static Options options(Values.Builder values) {
    return ((Shape.Mapping<Options>) new DockerSourceType().options())
        .build()
        .apply(values.build());
  }

  private static <T> T parse(Shape.Key<T> key, String text) {
    return ((Shape.Scalar<T>) key.shape()).parse().apply(text);
  }
}
