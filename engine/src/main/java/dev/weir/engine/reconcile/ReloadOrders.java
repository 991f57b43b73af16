package dev.weir.engine.reconcile;

import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The wishes to have one proxy loaded anew that are not answered yet; one reload answers all of
 * them. Any thread adds, the loop's thread answers.
 */
final class ReloadOrders {
  private final Queue<ReloadOrder> open = new ConcurrentLinkedQueue<>();

  ReloadOrder add(String why) {
    ReloadOrder order = new ReloadOrder(why);
    open.add(order);
    return order;
  }

  /** Why the proxy is to be loaded anew, for people; absent where nobody wants that. */
  Optional<String> why() {
    List<String> reasons = open.stream().map(ReloadOrder::why).distinct().toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  /** What became of a plan that they asked for. */
  void answer(Plan plan, Outcome outcome) {
    if (plan instanceof Plan.Reload || plan instanceof Plan.Blocked) {
      answer(outcome);
    }
  }

  /** What became of them. */
  void answer(Outcome outcome) {
    ReloadOrder order = open.poll();
    while (order != null) {
      order.answer(outcome);
      order = open.poll();
    }
  }

  /** It did not come to a reload. */
  void fail(String why) {
    answer(new Outcome.Failed("reload", why));
  }
}
