package dev.weir.source.docker;

import dev.weir.model.Address;
import dev.weir.source.docker.Container.Binding;
import dev.weir.source.docker.Container.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where a container's service is reached. Never guesses: what is not clear is a problem. */
sealed interface Addressing {

  /** What came of looking for the address. */
  sealed interface Result {
    /** There is one. */
    record Found(Address address) implements Result {}

    /**
     * There is none, or more than one.
     *
     * @param text what was found, what was expected, what to do
     */
    record Problem(String text) implements Result {}
  }

  /** The address of a container that runs. */
  Result of(Container container);

  /** The same for this port of the container. */
  Addressing at(int other);

  /**
   * The same with another host of the engine's machine.
   *
   * @throws IllegalArgumentException where containers are not reached through it
   */
  Addressing on(String otherHost);

  /**
   * On the engine's machine, where the port is published.
   *
   * @param port the container's; absent where a container publishes only one
   * @param host what stands for a binding to all addresses
   */
  record Published(OptionalInt port, String host) implements Addressing {

    public Published {
      Address ignored = Address.of(host, 1);
    }

    @Override
    public Addressing at(int other) {
      return new Published(OptionalInt.of(other), host);
    }

    @Override
    public Addressing on(String otherHost) {
      return new Published(port, otherHost);
    }

    @Override
    public Result of(Container container) {
      Map<Integer, List<Binding>> byPort =
          container.ports().stream()
              .filter(candidate -> candidate.outside().isPresent())
              .filter(candidate -> port.isEmpty() || port.getAsInt() == candidate.inside())
              .collect(
                  Collectors.groupingBy(
                      Port::inside,
                      TreeMap::new,
                      Collectors.mapping(p -> p.outside().orElseThrow(), Collectors.toList())));
      if (byPort.isEmpty()) {
        return new Result.Problem(nothing(container));
      }
      if (byPort.size() > 1) {
        return new Result.Problem(
            "publishes ports %s (expected: one; choose it with port)".formatted(byPort.keySet()));
      }
      return binding(byPort.values().iterator().next());
    }

    private String nothing(Container container) {
      String wanted = port.isPresent() ? "port " + port.getAsInt() : "port";
      return "publishes no %s (expected: a published port, or address: container); its ports are %s"
          .formatted(wanted, inside(container));
    }

    private Result binding(List<Binding> bindings) {
      List<Binding> own = bindings.stream().filter(one -> one.ip().equals(host)).toList();
      List<Binding> everywhere = bindings.stream().filter(this::isEverywhere).toList();
      List<Binding> chosen = !own.isEmpty() ? own : !everywhere.isEmpty() ? everywhere : bindings;
      List<Address> addresses = chosen.stream().map(this::address).distinct().toList();
      if (addresses.size() > 1) {
        return new Result.Problem(
            "is published at %s (expected: one place; choose it with host)".formatted(addresses));
      }
      return new Result.Found(addresses.getFirst());
    }

    /** Whether it is bound to all addresses of the host's family; names count as IPv4. */
    private boolean isEverywhere(Binding binding) {
      return binding.ip().equals(host.indexOf(':') >= 0 ? "::" : "0.0.0.0");
    }

    private Address address(Binding binding) {
      boolean all = binding.ip().equals("::") || binding.ip().equals("0.0.0.0");
      return Address.of(all ? host : binding.ip(), binding.port());
    }
  }

  /**
   * In one of the container's networks.
   *
   * @param port absent where a container exposes only one
   * @param network absent where a container has only one
   */
  record Inside(OptionalInt port, Optional<String> network) implements Addressing {

    @Override
    public Addressing at(int other) {
      return new Inside(OptionalInt.of(other), network);
    }

    @Override
    public Addressing on(String otherHost) {
      throw new IllegalArgumentException(
          "host %s, which has no meaning with address: container".formatted(otherHost));
    }

    @Override
    public Result of(Container container) {
      Map<String, String> reachable = new TreeMap<>(container.networks());
      reachable.values().removeIf(String::isEmpty);
      network.ifPresent(name -> reachable.keySet().retainAll(List.of(name)));
      if (reachable.size() != 1) {
        return new Result.Problem(networks(container));
      }
      OptionalInt chosen = port.isPresent() ? port : onlyPort(container);
      if (chosen.isEmpty()) {
        return new Result.Problem(
            "exposes ports %s (expected: one; choose it with port)".formatted(inside(container)));
      }
      return new Result.Found(Address.of(reachable.values().iterator().next(), chosen.getAsInt()));
    }

    private String networks(Container container) {
      String expected =
          network
              .map(name -> "an address in network " + name)
              .orElse("one with an address; choose it with network");
      return "is in networks %s (expected: %s)".formatted(container.networks(), expected);
    }

    private static OptionalInt onlyPort(Container container) {
      SortedSet<Integer> candidates = inside(container);
      return candidates.size() == 1 ? OptionalInt.of(candidates.first()) : OptionalInt.empty();
    }
  }

  private static SortedSet<Integer> inside(Container container) {
    return container.ports().stream()
        .map(Port::inside)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
