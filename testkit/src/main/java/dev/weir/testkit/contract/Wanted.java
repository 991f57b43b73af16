package dev.weir.testkit.contract;

import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Desired states for tests of drivers, written short. */
public final class Wanted {

  private final PoolId pool;
  private final List<DesiredMember> members = new ArrayList<>();
  private EmptyPolicy empty = EmptyPolicy.DEFAULT;

  private Wanted(PoolId pool) {
    this.pool = pool;
  }

  /** Starts a pool without members. */
  public static Wanted pool(PoolId pool) {
    return new Wanted(pool);
  }

  /** The desired state of a proxy that carries these pools. */
  public static DesiredState state(Wanted... pools) {
    return DesiredState.of(1, Arrays.stream(pools).map(Wanted::build).toList());
  }

  public Wanted empty(EmptyPolicy policy) {
    empty = policy;
    return this;
  }

  /** A ready member of weight 1. */
  public Wanted ready(String name, Endpoint endpoint) {
    return member(name, endpoint, ServerState.READY, 1);
  }

  /** A ready member. */
  public Wanted ready(String name, Endpoint endpoint, int weight) {
    return member(name, endpoint, ServerState.READY, weight);
  }

  /** A member that an operator drains. */
  public Wanted drain(String name, Endpoint endpoint) {
    return member(name, endpoint, ServerState.DRAIN, 1);
  }

  /** A member that an operator disabled. */
  public Wanted maint(String name, Endpoint endpoint) {
    return member(name, endpoint, ServerState.MAINT, 1);
  }

  /** A ready member that takes traffic only when no other can. */
  public Wanted backup(String name, Endpoint endpoint) {
    return add(of(name, endpoint, ServerState.READY, 1, new TreeMap<>(), true));
  }

  /** A ready member with labels. */
  public Wanted labelled(String name, Endpoint endpoint, SortedMap<String, String> labels) {
    return add(of(name, endpoint, ServerState.READY, 1, labels, false));
  }

  /** A member in a state. */
  public Wanted member(String name, Endpoint endpoint, ServerState state, int weight) {
    return add(of(name, endpoint, state, weight, new TreeMap<>(), false));
  }

  public DesiredPool build() {
    return DesiredPool.of(pool, members, List.of(), empty);
  }

  private Wanted add(DesiredMember member) {
    members.add(member);
    return this;
  }

  private DesiredMember of(
      String name,
      Endpoint endpoint,
      ServerState state,
      int weight,
      SortedMap<String, String> labels,
      boolean backup) {
    Because because =
        switch (state) {
          case READY -> new Because(Because.Cause.CHECK_PASSED, "its check passes");
          case DRAIN -> new Because(Because.Cause.OPERATOR_DRAIN, "drained by a test");
          case MAINT -> new Because(Because.Cause.OPERATOR_DISABLE, "disabled by a test");
        };
    MemberId id = new MemberId(pool, endpoint);
    return new DesiredMember(id, name, endpoint, state, weight, backup, labels, because);
  }
}
