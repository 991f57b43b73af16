package dev.weir.driver.nginx;

import dev.weir.driver.nginx.Parts.Live;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import java.util.List;
import java.util.Optional;

/**
 * Carries plans out: lists of members go to the running balancer, texts into force by a reload, and
 * where nginx refuses a text, all that it does not refuse. Used by one thread.
 */
final class Execution {

  private final DriverFiles files;
  private final Publication publication;
  private final Isolation isolation;
  private final Live live;
  private final FrozenPools frozen;
  private final ConfigTree tree;

  Execution(Parts parts) {
    this.files = parts.files();
    this.publication = parts.publication();
    this.isolation = parts.isolation();
    this.live = parts.live();
    this.frozen = parts.frozen();
    this.tree = parts.tree();
  }

  /** Without a reload. */
  Outcome live(Plan.Live plan) throws InterruptedException {
    return live.members().apply(plan.target(), plan.files());
  }

  /**
   * By a reload. Lists are there before nginx reads a text that goes by them, and are sent to it,
   * because what its balancer has from earlier outlives a reload.
   *
   * @param wanted what the plan leads to; absent where it brings an earlier revision back, all of
   *     it or nothing
   */
  Outcome reload(Plan.Reload plan, Optional<DesiredState> wanted) throws InterruptedException {
    List<FileContent> lists =
        plan.files().stream().filter(file -> !files.has(file.file())).toList();
    Optional<Outcome> unready = prepare(lists);
    if (unready.isPresent()) {
      return unready.get();
    }
    Outcome outcome = publish(plan, wanted);
    return switch (outcome) {
      case Outcome.Applied applied ->
          applied.way() == Outcome.Way.RELOAD ? send(plan, lists).orElse(applied) : applied;
      case Outcome.Rejected rejected -> {
        if (wanted.isPresent()) {
          var _ = send(plan, lists); // what needs no reload goes on
        }
        yield rejected;
      }
      case Outcome.Failed failed -> failed;
    };
  }

  private Outcome publish(Plan.Reload plan, Optional<DesiredState> wanted)
      throws InterruptedException {
    Outcome outcome = isolated(plan, wanted);
    if (outcome instanceof Outcome.Applied && !files.contexts().isEmpty()) {
      frozen.rememberOwnChange(tree::stamp);
    }
    return outcome;
  }

  private Outcome isolated(Plan.Reload plan, Optional<DesiredState> wanted)
      throws InterruptedException {
    Outcome outcome = publication.publish(plan.target(), files.texts(plan.files()));
    return wanted.isPresent() && outcome instanceof Outcome.Rejected refused && !refused.foreign()
        ? isolation.isolate(wanted.get(), refused, tree.stamp())
        : outcome;
  }

  /** What went wrong; empty where the running nginx has the lists. */
  private Optional<Outcome> send(Plan.Reload plan, List<FileContent> lists)
      throws InterruptedException {
    return lists.isEmpty()
        ? Optional.empty()
        : Optional.of(live.members().apply(plan.target(), lists))
            .filter(Outcome.Failed.class::isInstance);
  }

  private Optional<Outcome> prepare(List<FileContent> lists) throws InterruptedException {
    return live.pools().balanced().isEmpty()
        ? Optional.empty()
        : live.members().prepare(live.answers(), lists);
  }
}
