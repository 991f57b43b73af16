package dev.weir.rendered;

import dev.weir.model.PoolKind;
import dev.weir.surround.ServerText;
import java.util.List;

/**
 * A pool as the configuration has one proxy carry it.
 *
 * @param as the name of its section in the proxy
 * @param kind of its traffic
 * @param directives lines of its section
 * @param server parameters of the lines of its members
 */
public record CarriedPool(String as, PoolKind kind, List<String> directives, ServerText server) {
  public CarriedPool {
    directives = List.copyOf(directives);
  }
}
