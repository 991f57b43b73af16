package dev.weir.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whom an override concerns. */
public sealed interface Target {

  /** Whether the override concerns this member. */
  boolean matches(Member member);

  /** The pool it is limited to; absent where it concerns every pool. */
  Optional<PoolId> onlyPool();

  /** One member, known to discovery or not. */
  record One(MemberId id) implements Target {
    @Override
    public boolean matches(Member member) {
      return member.id().equals(id);
    }

    @Override
    public Optional<PoolId> onlyPool() {
      return Optional.of(id.pool());
    }
  }

  /** The members of a pool with these labels, also those that arrive later. */
  record InPool(PoolId pool, SortedMap<String, String> labels) implements Target {
    public InPool {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    @Override
    public boolean matches(Member member) {
      return member.id().pool().equals(pool)
          && member.labels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public Optional<PoolId> onlyPool() {
      return Optional.of(pool);
    }
  }

  /** All members of a pool. */
  static InPool pool(PoolId pool) {
    return new InPool(pool, new TreeMap<>());
  }

  /** The members of all pools with these labels, also those that arrive later. */
  record Everywhere(SortedMap<String, String> labels) implements Target {
    public Everywhere {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    @Override
    public boolean matches(Member member) {
      return member.labels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public Optional<PoolId> onlyPool() {
      return Optional.empty();
    }
  }
}
