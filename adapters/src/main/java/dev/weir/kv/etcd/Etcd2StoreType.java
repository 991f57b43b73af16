package dev.weir.kv.etcd;

import dev.weir.kv.etcd.EtcdStoreType.Patience;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import java.time.Duration;

/** The {@code etcd2} store: the keys of version 2, which are others than those of version 3. */
public final class Etcd2StoreType implements KeyValueStoreType<EtcdOptions> {

  /** Version 2 has no watch without an end that could be asked whether it lives. */
  private static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final Patience patience;

  public Etcd2StoreType() {
    this(USUAL);
  }

  Etcd2StoreType(Patience patience) {
    this.patience = patience;
  }

  @Override
  public String name() {
    return "etcd2";
  }

  @Override
  public String connectionName() {
    return "etcd";
  }

  @Override
  public Shape.Mapping<EtcdOptions> options() {
    return EtcdStoreType.OPTIONS;
  }

  @Override
  public KeyValueStore open(EtcdOptions options, Time time) {
    return new EtcdStore(
        options,
        client -> (prefix, sink) -> new Etcd2Watch(client, patience).follow(prefix, sink),
        patience.answer());
  }
}
