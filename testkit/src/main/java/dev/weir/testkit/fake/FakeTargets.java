package dev.weir.testkit.fake;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.testkit.contract.Behaviour;
import dev.weir.testkit.contract.ProbeTargets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A pretended network: addresses and how they behave. What was never started refuses. */
public final class FakeTargets implements ProbeTargets {

  static final class Target {
    volatile Behaviour behaviour = Behaviour.REFUSES;

    /** Grows when the target ends its connections: those of a former era are closed. */
    final AtomicInteger era = new AtomicInteger();

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger taken = new AtomicInteger();
  }

  private final Map<Endpoint, Target> targets = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(10_000);

  @Override
  public Endpoint start(Behaviour behaviour) {
    Endpoint endpoint = (Endpoint) Address.of("192.0.2.1", ports.incrementAndGet());
    change(endpoint, behaviour);
    return endpoint;
  }

  /** Also for an address that was not started: then it is from now on. */
  @Override
  public void change(Endpoint target, Behaviour behaviour) {
    find(target).behaviour = behaviour;
    hangUp(target);
  }

  @Override
  public void hangUp(Endpoint endpoint) {
    Target target = find(endpoint);
    target.era.incrementAndGet();
    target.open.set(0);
  }

  @Override
  public int open(Endpoint target) {
    return find(target).open.get();
  }

  @Override
  public int taken(Endpoint target) {
    return find(target).taken.get();
  }

  @Override
  public long sent(Endpoint target) {
    return 0;
  }

  @Override
  public void close() {
    targets.clear();
  }

  Behaviour behaviour(Endpoint target) {
    return find(target).behaviour;
  }

  /** Takes a connection. */
  Connection connect(Endpoint endpoint) {
    Target target = find(endpoint);
    target.taken.incrementAndGet();
    target.open.incrementAndGet();
    return new Connection(target, target.era.get());
  }

  private Target find(Endpoint endpoint) {
    return targets.computeIfAbsent(endpoint, ignored -> new Target());
  }

  /** A pretended connection. */
  record Connection(Target owner, int era) {

    boolean alive() {
      return owner.era.get() == era;
    }

    void close() {
      if (alive()) {
        owner.open.decrementAndGet();
      }
    }
  }
}
