package dev.weir.source.serf;

import dev.weir.follow.Follower;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
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
  private final SortedMap<String, SerfNode> nodes = new TreeMap<>();

  SerfFollower(Agent agent) {
    this.agent = agent;
  }

  @Override
  public void follow(Consumer<List<SerfNode>> teller) throws IOException, InterruptedException {
    try (SerfConversation conversation = SerfConversation.open(agent)) {
      conversation.listen();
      conversation.list();
      while (true) {
        switch (conversation.next()) {
          case SerfNews.Listed listed -> {
            nodes.clear();
            listed.nodes().forEach(node -> nodes.put(node.name(), node));
            tell(teller);
          }
          case SerfNews.Changed changed -> {
            changed.nodes().forEach(node -> nodes.put(node.name(), node));
            tell(teller);
          }
          case SerfNews.Forgotten forgotten -> {
            forgotten.nodes().forEach(node -> nodes.remove(node.name()));
            tell(teller);
          }
          case SerfNews.Quiet quiet -> conversation.list();
        }
      }
    }
  }

  private void tell(Consumer<List<SerfNode>> teller) {
    teller.accept(Collections.unmodifiableList(new ArrayList<>(nodes.values())));
  }
}
