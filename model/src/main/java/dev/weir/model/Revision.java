package dev.weir.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A state that was applied to a proxy and read back from it.
 *
 * @param number grows by one with each, over all proxies and restarts
 * @param desired the state itself, without the members that are absent
 * @param changes member by member, against what the proxy had before
 * @param files Weir's own files of the proxy as they are with it
 * @param took from the start of applying until it was read back
 */
public record Revision(
    long number,
    ProxyName proxy,
    Instant at,
    DesiredState desired,
    Outcome.Way way,
    List<MemberChange> changes,
    List<FileContent> files,
    Duration took) {
  public Revision {
    changes = List.copyOf(changes);
    files = List.copyOf(files);
  }
}
