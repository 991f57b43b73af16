package dev.weir.source.serf;

import dev.weir.follow.Follower;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Follows a cluster by one agent: opens the stream of events, then lists, so that nothing falls
 * between the two. An agent drops events when it has too many, and repeats some: all members are
 * listed at an interval besides.
 */
final class SerfFollower implements Follower<List<SerfNode>> {

  private final Agent agent;
  private final Time time;

  SerfFollower(Agent agent, Time time) {
    this.agent = agent;
    this.time = time;
  }

  @Override
  public void follow(Consumer<List<SerfNode>> teller) throws IOException, InterruptedException {
    try (SerfConversation conversation = SerfConversation.open(agent, time)) {
      conversation.listen();
      conversation.list();
      Known known = new Known(teller);
      while (true) {
        switch (conversation.next()) {
          case SerfNews.Listed listed -> known.replace(listed.nodes());
          case SerfNews.Changed changed -> known.put(changed.nodes());
          case SerfNews.Forgotten forgotten -> known.remove(forgotten.nodes());
          case SerfNews.ListIsDue due -> conversation.list();
        }
      }
    }
  }

  /**
   * The nodes of one session. An event tells of a few of them: before there is a list, it is no
   * picture of the cluster and nothing is told.
   */
  private static final class Known {
    private final Consumer<List<SerfNode>> teller;
    private final SortedMap<String, SerfNode> nodes = new TreeMap<>();
    private boolean listed;

    Known(Consumer<List<SerfNode>> teller) {
      this.teller = teller;
    }

    void replace(List<SerfNode> all) {
      nodes.clear();
      listed = true;
      put(all);
    }

    void put(List<SerfNode> some) {
      some.forEach(node -> nodes.put(node.name(), node));
      tell();
    }

    void remove(List<SerfNode> some) {
      some.forEach(node -> nodes.remove(node.name()));
      tell();
    }

    private void tell() {
      if (listed) {
        teller.accept(List.copyOf(nodes.values()));
      }
    }
  }
}
