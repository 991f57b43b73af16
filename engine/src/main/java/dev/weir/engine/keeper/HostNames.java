package dev.weir.engine.keeper;

import dev.weir.engine.run.Pulse;
import dev.weir.engine.run.Runner;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps looking up the host names among members' addresses, each on its own, so that a slow name
 * server delays nobody else. Used by the keeper's thread.
 */
final class HostNames {
  private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final HostLookup lookup;
  private final Mailbox mailbox;
  private final Runner runner;
  private final Map<String, Runner.Running> running = new HashMap<>();

  HostNames(HostLookup lookup, Mailbox mailbox, Runner runner) {
    this.lookup = lookup;
    this.mailbox = mailbox;
    this.runner = runner;
  }

  /** Looks up these names from now on, new ones at once, and no others. */
  void want(Set<String> names) {
    running
        .entrySet()
        .removeIf(entry -> {
          boolean unwanted = !names.contains(entry.getKey());
          if (unwanted) {
            entry.getValue().stop();
          }
          return unwanted;
        });
    for (String name : names) {
      running.computeIfAbsent(
          name, wanted -> runner.start("look up " + wanted, new LookUp(wanted)));
    }
  }

  /** The lookups of one name. */
  private final class LookUp implements Pulse {
    private final String name;
    private boolean failing;

    LookUp(String name) {
      this.name = name;
    }

    @Override
    public Optional<Duration> step() {
      try {
        List<InetAddress> addresses = lookup.lookup(name);
        if (!addresses.isEmpty()) {
          mailbox.put(new Message.Resolved(name, addresses));
          failing = false;
        }
      } catch (UnknownHostException e) {
        if (!failing) {
          LOG.warn("host name {} cannot be resolved, its last good answer stays", name);
        }
        failing = true;
      }
      return Optional.of(EVERY);
    }
  }
}
