package dev.weir.rendered;

import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;

/** How one kind of proxy writes what templates place. */
public interface Dialect {

  /** Where to connect to. */
  String address(Endpoint endpoint);

  /**
   * What stands in the place of members while none is ready, as it is written behind {@code
   * server}; empty where there is nothing.
   */
  String substitute(DesiredPool pool, CarriedPool how);

  /** Whether this member stands as a backup, given who else is ready. */
  boolean isBackup(DesiredPool pool, DesiredMember member);

  /**
   * The lines by which the running proxy tells which content it runs: the value {@code weir}.
   *
   * @param fingerprint of the content, or what stands in its place
   */
  String mark(DesiredState desired, String fingerprint);

  /** Where the template has to place it, for people: {@code inside http { }}. */
  String place();
}
