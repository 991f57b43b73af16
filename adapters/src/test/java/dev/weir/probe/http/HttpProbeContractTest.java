package dev.weir.probe.http;

import static dev.weir.testkit.contract.Behaviour.NOT_ACCEPTING;
import static dev.weir.testkit.contract.Behaviour.NO_TLS;
import static dev.weir.testkit.contract.Behaviour.RESETS;
import static dev.weir.testkit.contract.Behaviour.UNTRUSTED;

import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.spi.Probe;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.Behaviour;
import dev.weir.testkit.contract.ProbeContract;
import dev.weir.testkit.contract.ProbeTargets;
import dev.weir.testkit.real.RawTargets;
import dev.weir.testkit.real.SelfSigned;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The probe contract over loopback ports, unix sockets and TLS, with and without reuse. */
final class HttpProbeContractTest {

  @TempDir(factory = ShortTempDir.class)
  static Path folder;

  private static SelfSigned trusted;
  private static SelfSigned untrusted;

  @BeforeAll
  static void certificates() throws Exception {
    trusted = SelfSigned.create(folder, "ip:127.0.0.1");
    untrusted = SelfSigned.create(folder, "ip:127.0.0.1");
  }

  private static HttpOptions options(Reuse reuse, Optional<Tls> tls) {
    return Wanted.get("/healthz").status("200").body("healthy").reuse(reuse).tls(tls).options();
  }

  private static Set<Behaviour> allBut(Behaviour first, Behaviour... others) {
    return EnumSet.complementOf(EnumSet.of(first, others));
  }

  @Nested
  final class Plain extends ProbeContract {
    @Override
    protected ProbeTargets openTargets() {
      return RawTargets.onPorts();
    }

    @Override
    protected Probe probe(ProbeTargets network) throws Exception {
      return HttpProbe.open(options(Reuse.KEEP, Optional.empty()), Time.SYSTEM);
    }

    @Override
    protected Set<Behaviour> noticed() {
      return allBut(NO_TLS, UNTRUSTED);
    }
  }

  @Nested
  final class ClosingEachConnection extends ProbeContract {
    @Override
    protected ProbeTargets openTargets() {
      return RawTargets.onPorts();
    }

    @Override
    protected Probe probe(ProbeTargets network) throws Exception {
      return HttpProbe.open(options(Reuse.CLOSE, Optional.empty()), Time.SYSTEM);
    }

    @Override
    protected Set<Behaviour> noticed() {
      return allBut(NO_TLS, UNTRUSTED);
    }
  }

  @Nested
  final class OnUnixSockets extends ProbeContract {
    @Override
    protected ProbeTargets openTargets() {
      return RawTargets.onSockets(folder);
    }

    @Override
    protected Probe probe(ProbeTargets network) throws Exception {
      return HttpProbe.open(options(Reuse.KEEP, Optional.empty()), Time.SYSTEM);
    }

    /** A unix socket knows no reset, and says at once that its queue is full. */
    @Override
    protected Set<Behaviour> noticed() {
      return allBut(NO_TLS, UNTRUSTED, RESETS, NOT_ACCEPTING);
    }
  }

  @Nested
  final class WithinTls extends ProbeContract {
    @Override
    protected ProbeTargets openTargets() throws Exception {
      return RawTargets.withTls(new RawTargets.Security(trusted.server(), untrusted.server()));
    }

    @Override
    protected Probe probe(ProbeTargets network) throws Exception {
      Tls tls = new Tls(Optional.empty(), Optional.of(trusted.pem()), Trust.VERIFY);
      return HttpProbe.open(options(Reuse.KEEP, Optional.of(tls)), Time.SYSTEM);
    }

    @Override
    protected Set<Behaviour> noticed() {
      return EnumSet.allOf(Behaviour.class);
    }
  }
}
