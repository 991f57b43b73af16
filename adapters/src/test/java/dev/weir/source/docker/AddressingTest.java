package dev.weir.source.docker;

import static dev.weir.source.docker.Containers.exposed;
import static dev.weir.source.docker.Containers.in;
import static dev.weir.source.docker.Containers.named;
import static dev.weir.source.docker.Containers.published;
import static dev.weir.source.docker.Containers.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.source.docker.Addressing.Inside;
import dev.weir.source.docker.Addressing.Published;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AddressingTest {

  private static final OptionalInt ANY = OptionalInt.empty();
  private static final Published LOOPBACK = new Published(ANY, "127.0.0.1");

  @Test
  void aBindingToAllAddressesBecomesTheHost() {
    Container web = with(named("web"), published(80, "0.0.0.0", 8001), published(80, "::", 8002));
    assertThat(found(LOOPBACK, web)).isEqualTo("127.0.0.1:8001");
    assertThat(found(new Published(ANY, "lb.example"), web)).isEqualTo("lb.example:8001");
    assertThat(found(new Published(ANY, "2001:db8::1"), web))
        .isEqualTo("[2001:db8:0:0:0:0:0:1]:8002");
  }

  @Test
  void aBindingToOneAddressIsTaken() {
    Container web = with(named("web"), published(80, "10.0.0.5", 8001));
    assertThat(found(LOOPBACK, web)).isEqualTo("10.0.0.5:8001");
  }

  @Test
  void theBindingThatMatchesTheHostIsPreferred() {
    Container web =
        with(
            named("web"),
            published(80, "10.0.0.5", 8001),
            published(80, "127.0.0.1", 8002),
            published(80, "0.0.0.0", 8003));
    assertThat(found(LOOPBACK, web)).isEqualTo("127.0.0.1:8002");
  }

  @Test
  void severalBindingsWithoutAReasonToPreferOneAreAProblem() {
    Container web =
        with(named("web"), published(80, "10.0.0.5", 8001), published(80, "10.0.0.6", 8002));
    assertThat(problem(LOOPBACK, web))
        .isEqualTo(
            "is published at [10.0.0.5:8001, 10.0.0.6:8002] (expected: one place; choose it with"
                + " host)");
  }

  @Test
  void severalPublishedPortsNeedAChoice() {
    Container web =
        with(named("web"), published(80, "0.0.0.0", 8001), published(81, "0.0.0.0", 8002));
    assertThat(problem(LOOPBACK, web))
        .isEqualTo("publishes ports [80, 81] (expected: one; choose it with port)");
    assertThat(found(new Published(OptionalInt.of(81), "127.0.0.1"), web))
        .isEqualTo("127.0.0.1:8002");
  }

  @Test
  void anExposedPortIsNeverTakenForAPublishedOne() {
    Container web = with(named("web"), exposed(80));
    assertThat(problem(LOOPBACK, web))
        .isEqualTo(
            "publishes no port (expected: a published port, or address: container); its ports are"
                + " [80]");
    assertThat(problem(new Published(OptionalInt.of(80), "127.0.0.1"), web))
        .startsWith("publishes no port 80");
  }

  @Test
  void aContainersOwnAddressIsThatOfItsOnlyNetwork() {
    Container web = with(named("web"), exposed(80), published(80, "0.0.0.0", 8001));
    assertThat(found(new Inside(ANY, Optional.empty()), web)).isEqualTo("10.1.0.2:80");
    assertThat(found(new Inside(OptionalInt.of(9000), Optional.empty()), named("web")))
        .isEqualTo("10.1.0.2:9000");
  }

  @Test
  void severalNetworksNeedAChoice() {
    Container web =
        with(in(named("web"), Map.of("back", "10.2.0.2", "front", "10.1.0.2")), exposed(80));
    assertThat(problem(new Inside(ANY, Optional.empty()), web))
        .isEqualTo(
            "is in networks {back=10.2.0.2, front=10.1.0.2} (expected: one with an address; choose"
                + " it with network)");
    assertThat(found(new Inside(ANY, Optional.of("back")), web)).isEqualTo("10.2.0.2:80");
  }

  @Test
  void anotherNetworkOrTheMachinesOwnIsAProblem() {
    assertThat(problem(new Inside(OptionalInt.of(80), Optional.of("back")), named("web")))
        .isEqualTo("is in networks {front=10.1.0.2} (expected: an address in network back)");
    assertThat(
            problem(
                new Inside(OptionalInt.of(80), Optional.empty()),
                in(named("web"), Map.of("host", ""))))
        .startsWith("is in networks {host=} (expected: one with an address");
  }

  @Test
  void withoutAPortExactlyOneIsNeeded() {
    assertThat(problem(new Inside(ANY, Optional.empty()), named("web")))
        .isEqualTo("exposes ports [] (expected: one; choose it with port)");
    assertThat(
            problem(
                new Inside(ANY, Optional.empty()), with(named("web"), exposed(80), exposed(81))))
        .isEqualTo("exposes ports [80, 81] (expected: one; choose it with port)");
  }

  private static String found(Addressing addressing, Container container) {
    return switch (addressing.of(container)) {
      case Addressing.Result.Found found -> found.address().toString();
      case Addressing.Result.Problem problem -> throw new AssertionError(problem.text());
    };
  }

  private static String problem(Addressing addressing, Container container) {
    return switch (addressing.of(container)) {
      case Addressing.Result.Found found -> throw new AssertionError(found.address());
      case Addressing.Result.Problem problem -> problem.text();
    };
  }
}
