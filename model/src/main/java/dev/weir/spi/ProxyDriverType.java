package dev.weir.spi;

import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kind of proxy: its key in the configuration, its options, and how its driver is opened.
 *
 * @param <O> options of the proxy itself, an immutable record
 * @param <S> options of a pool for this kind of proxy (what surrounds its members), likewise
 */
public interface ProxyDriverType<O, S> {

  /** The key in the configuration: {@code nginx}. */
  String name();

  /** How a proxy of this kind is written. */
  Shape<O> options();

  /** How the part of a pool that is for this kind of proxy is written. */
  Shape<S> surroundings();

  /** What a pool starts from that says nothing for this kind of proxy. */
  S defaultSurroundings();

  /**
   * What a proxy of these options has to itself, in words that are equal where the thing is: {@code
   * file /etc/nginx/weir/upstreams.conf}. Two proxies that share one are refused.
   */
  List<String> owned(O options);

  /** Whether proxies of this kind can check members themselves, and say what they found. */
  default boolean checksMembers() {
    return false;
  }

  /**
   * Whether servers of proxies of this kind can be turned - ready, drained, in maintenance -
   * without a file of theirs being written.
   */
  default boolean turnsServers() {
    return false;
  }

  /** The files of the proxy's configuration that are its owner's, as they are now. */
  default List<Path> configuration(O options) {
    return List.of();
  }

  /**
   * Why a proxy of these options cannot carry pools of a kind, in words that follow the pool's
   * name; empty where it can.
   */
  default Optional<String> refusal(O options, PoolKind kind) {
    return Optional.empty();
  }

  /**
   * Makes a driver. Takes the locks beside the files it will own, unless it is only to look.
   *
   * @throws SetupException when another Weir holds a lock, or the set-up cannot work
   */
  ProxyDriver open(O options, Context<S> context) throws SetupException;

  /**
   * What a driver is told beside its options.
   *
   * @param pools the pools it carries, in the order of the configuration
   * @param state a folder of its own that survives restarts
   * @param checkpoints told before each effect
   * @param access what it may do
   * @param backups which earlier versions of files are kept
   */
  record Context<S>(
      ProxyName proxy,
      List<Carried<S>> pools,
      Path state,
      Time time,
      Checkpoints checkpoints,
      Access access,
      BackupPolicy backups) {
    public Context {
      pools = List.copyOf(pools);
    }

    /** Without backups. */
    public Context(
        ProxyName proxy,
        List<Carried<S>> pools,
        Path state,
        Time time,
        Checkpoints checkpoints,
        Access access) {
      this(proxy, pools, state, time, checkpoints, access, BackupPolicy.NONE);
    }

    /** With full access, without backups. */
    public Context(
        ProxyName proxy, List<Carried<S>> pools, Path state, Time time, Checkpoints checkpoints) {
      this(proxy, pools, state, time, checkpoints, Access.OWN);
    }
  }

  /** What a driver may do. */
  enum Access {
    /** Everything; it holds the locks beside its files. */
    OWN,
    /**
     * Turn the servers that the proxy has: ready, drained or in maintenance, and nothing else. Only
     * for kinds whose {@link #turnsServers} says so.
     */
    STATES,
    /**
     * Observe, plan and inspect, without any effect: another Weir may own the files meanwhile.
     * {@code apply} throws IllegalStateException.
     */
    LOOK
  }

  /**
   * A pool as one proxy carries it.
   *
   * @param as its name in the proxy
   * @param drain how its members are let go
   * @param kind what its members speak
   */
  record Carried<S>(PoolId pool, String as, S surroundings, DrainPolicy drain, PoolKind kind) {

    /** Of HTTP. */
    public Carried(PoolId pool, String as, S surroundings, DrainPolicy drain) {
      this(pool, as, surroundings, drain, PoolKind.HTTP);
    }

    /** Of HTTP, with the usual policy. */
    public Carried(PoolId pool, String as, S surroundings) {
      this(pool, as, surroundings, DrainPolicy.DEFAULT);
    }
  }
}
