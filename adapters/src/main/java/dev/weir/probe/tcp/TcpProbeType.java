package dev.weir.probe.tcp;

import dev.weir.spi.Probe;
import dev.weir.spi.ProbeType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import java.util.List;

/** {@code check: tcp}: a member is up when it takes a connection. */
public final class TcpProbeType implements ProbeType<TcpOptions> {

  private static final Shape.Key<Integer> PORT =
      Shape.Key.optional(
          "port", Shape.integer(1, 65535), "The port to connect to instead of the member's own.");

  private static final Shape<TcpOptions> OPTIONS =
      new Shape.Mapping<>(
          "a TCP check", List.of(PORT), values -> new TcpOptions(values.find(PORT)));

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public Shape<TcpOptions> options() {
    return OPTIONS;
  }

  @Override
  public Probe open(TcpOptions options, Time time) {
    return new TcpProbe(options, time);
  }
}
