package dev.weir.testkit.real;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.testkit.contract.Behaviour;
import dev.weir.testkit.contract.ProbeTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Real sockets on this machine that behave as a test says, in HTTP, plain or within TLS. */
public final class RawTargets implements ProbeTargets {

  /** What lies between the socket and the HTTP. */
  public record Security(SSLContext trusted, SSLContext untrusted) {}

  private final Optional<Path> socketFolder;
  private final Optional<Security> security;
  private final Map<Endpoint, RawTarget> targets = new ConcurrentHashMap<>();

  private RawTargets(Optional<Path> socketFolder, Optional<Security> security) {
    this.socketFolder = socketFolder;
    this.security = security;
  }

  /** Targets on loopback ports. */
  public static RawTargets onPorts() {
    return new RawTargets(Optional.empty(), Optional.empty());
  }

  /** Targets on loopback ports that speak TLS. */
  public static RawTargets withTls(Security security) {
    return new RawTargets(Optional.empty(), Optional.of(security));
  }

  /** Targets on unix sockets in this folder. */
  public static RawTargets onSockets(Path folder) {
    return new RawTargets(Optional.of(folder), Optional.empty());
  }

  @Override
  public Endpoint start(Behaviour behaviour) {
    Endpoint endpoint = newEndpoint();
    RawTarget target = new RawTarget(socketAddress(endpoint), security);
    targets.put(endpoint, target);
    behave(target, behaviour);
    return endpoint;
  }

  @Override
  public void change(Endpoint target, Behaviour behaviour) {
    behave(find(target), behaviour);
  }

  private static void behave(RawTarget target, Behaviour behaviour) {
    try {
      target.behave(behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void hangUp(Endpoint target) {
    find(target).hangUp();
  }

  @Override
  public int open(Endpoint target) {
    return find(target).open();
  }

  @Override
  public int taken(Endpoint target) {
    return find(target).taken();
  }

  @Override
  public long sent(Endpoint target) {
    return find(target).sent();
  }

  @Override
  public void close() {
    targets.values().forEach(RawTarget::close);
  }

  private RawTarget find(Endpoint endpoint) {
    RawTarget target = targets.get(endpoint);
    if (target == null) {
      throw new IllegalArgumentException("never started: " + endpoint);
    }
    return target;
  }

  private Endpoint newEndpoint() {
    return socketFolder
        .<Endpoint>map(folder -> new Endpoint.UnixSocket(folder + "/" + targets.size() + ".sock"))
        .orElseGet(() -> (Endpoint) Address.of("127.0.0.1", FreePorts.one()));
  }

  private static SocketAddress socketAddress(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Ip ip -> new InetSocketAddress(ip.ip(), ip.port());
      case Endpoint.UnixSocket unix -> UnixDomainSocketAddress.of(unix.path());
    };
  }
}
