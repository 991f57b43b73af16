package dev.weir.rendered;

import dev.weir.model.Because;
import dev.weir.model.Because.Cause;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import dev.weir.spi.Finding;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tries a template for {@code weir check}: with empty pools, and with members of every state. No
 * member is asked for, so that what is found does not depend on the hour.
 */
public final class TemplateCheck {

  private static final int SAMPLE_PORT = 8080;

  private final Renderer renderer;
  private final List<PoolId> pools;

  /**
   * @param pools that the proxy carries
   */
  public TemplateCheck(Renderer renderer, Collection<PoolId> pools) {
    this.renderer = renderer;
    this.pools = List.copyOf(pools);
  }

  /** What is found; the first thing that is wrong. */
  public List<Finding> findings() {
    Optional<String> text = renderer.template().read();
    for (DesiredState sample : List.of(sample(0), sample(1), sample(ServerState.values().length))) {
      if (renderer.render(text, sample) instanceof Rendering.Failed(String message)) {
        return List.of(Finding.error(message));
      }
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("%s renders".formatted(renderer.template().path())));
    if (isBlindToStates(text)) {
      findings.add(
          Finding.warning(
              "%s makes the same of members that are ready and of others: who drains or is disabled"
                      .formatted(renderer.template().path())
                  + " may go on getting requests (expected: a look at state, or at ready in the"
                  + " place of members)"));
    }
    return findings;
  }

  private boolean isBlindToStates(Optional<String> text) {
    return !pools.isEmpty()
        && renderer.render(text, all(ServerState.READY)) instanceof Rendering.Text ready
        && renderer.render(text, all(ServerState.MAINT)) instanceof Rendering.Text out
        && ready.raw().equals(out.raw());
  }

  private DesiredState all(ServerState state) {
    return DesiredState.of(1, pools.stream().map(pool -> pool(pool, List.of(state))).toList());
  }

  /** With so many members in each pool, of the states in turn. */
  private DesiredState sample(int members) {
    List<ServerState> states = Arrays.asList(ServerState.values()).subList(0, members);
    return DesiredState.of(1, pools.stream().map(pool -> pool(pool, states)).toList());
  }

  private static DesiredPool pool(PoolId pool, List<ServerState> states) {
    List<DesiredMember> members = new ArrayList<>();
    for (ServerState state : states) {
      int number = members.size() + 1;
      Endpoint at = new Endpoint.Ip(InetAddress.ofLiteral("192.0.2." + number), SAMPLE_PORT);
      members.add(
          new DesiredMember(
              new MemberId(pool, at),
              "sample" + number,
              at,
              state,
              number,
              false,
              Collections.emptySortedMap(),
              new Because(Cause.DISCOVERED, "a sample")));
    }
    return DesiredPool.of(pool, members, List.of(), EmptyPolicy.DEFAULT);
  }
}
