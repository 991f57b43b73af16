package dev.weir.kv.consul;

import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;

/** The {@code consul_kv} store: the keys of a Consul datacenter. */
public final class ConsulStoreType implements KeyValueStoreType<ConsulOptions> {

  private final Waiting waiting;

  public ConsulStoreType() {
    this(Waiting.USUAL);
  }

  ConsulStoreType(Waiting waiting) {
    this.waiting = waiting;
  }

  @Override
  public String name() {
    return "consul_kv";
  }

  @Override
  public String connectionName() {
    return "consul";
  }

  @Override
  public Shape.Mapping<ConsulOptions> options() {
    return ConsulOptions.SHAPE;
  }

  @Override
  public KeyValueStore open(ConsulOptions options, Time time) {
    return new ConsulStore(options, waiting, time);
  }
}
