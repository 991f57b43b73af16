package dev.weir.driver.haproxy;

import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.rendered.CarriedPool;
import dev.weir.rendered.Dialect;

/**
 * What a template for HAProxy places: the line that sets Weir's variable.
 *
 * @param variable its name
 */
record HaproxyDialect(String variable) implements Dialect {

  @Override
  public String address(Endpoint endpoint) {
    return ServerLine.address(endpoint);
  }

  /** HAProxy answers by itself, and turns to a backup by itself. */
  @Override
  public String substitute(DesiredPool pool, CarriedPool how) {
    return pool.empty() instanceof EmptyPolicy.Fallback(Endpoint endpoint) ? address(endpoint) : "";
  }

  @Override
  public boolean isBackup(DesiredPool pool, DesiredMember member) {
    return member.backup();
  }

  @Override
  public String mark(DesiredState desired, String fingerprint) {
    return "setenv %s %s".formatted(variable, fingerprint);
  }

  @Override
  public String place() {
    return "in the section global";
  }
}
