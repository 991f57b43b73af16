package dev.weir.probe.tcp;

import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.net.Look;
import dev.weir.net.Wire;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.spi.Transcript;
import java.io.IOException;
import java.time.Duration;

/**
 * Connects and resets. It proves that something accepts connections, which a forwarder in front of
 * a dead member does too.
 */
public final class TcpProbe implements Probe {

  private final TcpOptions options;
  private final Time time;

  /** A probe that measures by this clock. */
  public TcpProbe(TcpOptions options, Time time) {
    this.options = options;
    this.time = time;
  }

  @Override
  public Session open(Endpoint endpoint) {
    return open(endpoint, Transcript.NONE);
  }

  @Override
  public Session open(Endpoint endpoint, Transcript transcript) {
    return new TcpSession(options.port().map(endpoint::onPort).orElse(endpoint), transcript);
  }

  private final class TcpSession implements Session {
    private final Endpoint target;
    private final Transcript transcript;

    TcpSession(Endpoint target, Transcript transcript) {
      this.target = target;
      this.transcript = transcript;
    }

    @Override
    public ProbeResult look(Duration timeout) throws InterruptedException {
      try (Look look = Look.begin(time, timeout)) {
        try {
          transcript.note("connects to " + target);
          Wire.connect(target, look.deadline()).close();
          transcript.note("is connected, and resets the connection");
          return look.ended(ProbeResult.Kind.OK, "connected");
        } catch (IOException failure) {
          return look.failed(failure);
        }
      }
    }

    @Override
    public void close() {
      // No connection outlives a look.
    }
  }
}
