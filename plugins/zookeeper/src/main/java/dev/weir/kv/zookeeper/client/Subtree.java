package dev.weir.kv.zookeeper.client;

import dev.weir.net.Questions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The nodes at and below a prefix.
 *
 * @param prefix as Weir writes it: {@code /app} or {@code /app/}
 */
record Subtree(String prefix) {

  /** Below it ZooKeeper keeps what it needs itself. */
  private static final String OWN = "/zookeeper";

  /** So many questions are open at a time, whoever else uses the session. */
  private static final int BATCH = 1000;

  /** The path of the topmost node. */
  String root() {
    return prefix.length() > 1 && prefix.endsWith("/")
        ? prefix.substring(0, prefix.length() - 1)
        : prefix;
  }

  /** A node that was asked for. */
  private record Asked(String path, CompletableFuture<Answers.Found> answer) {}

  /** A node whose children were asked for. */
  private record Opened(String path, CompletableFuture<Answers.Children> answer) {}

  /** Reads all of them, one level after the other, a batch of questions at a time. */
  SortedMap<String, String> read(Session session) throws IOException, InterruptedException {
    Questions.asked();
    SortedMap<String, String> pairs = new TreeMap<>();
    List<String> level = List.of(root());
    while (!level.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += BATCH) {
        List<String> batch = level.subList(i, Math.min(level.size(), i + BATCH));
        next.addAll(below(session, batch, pairs));
      }
      level = next;
    }
    if (!prefix.equals(root())) {
      pairs.remove(root());
    }
    return Collections.unmodifiableSortedMap(pairs);
  }

  /** Takes the nodes without children, and tells the paths of what is below the others. */
  private static List<String> below(
      Session session, List<String> batch, SortedMap<String, String> pairs)
      throws IOException, InterruptedException {
    Answers answers = session.answers();
    List<Opened> opened = new ArrayList<>();
    List<Asked> asked = batch.stream().map(path -> new Asked(path, session.node(path))).toList();
    for (Asked node : asked) {
      Answers.Found found = answers.of(node.answer());
      if (answers.check(node.path(), found.code())) {
        if (found.children() > 0) {
          opened.add(new Opened(node.path(), session.children(node.path())));
        } else {
          pairs.put(node.path(), found.data());
        }
      }
    }
    List<String> next = new ArrayList<>();
    for (Opened node : opened) {
      Answers.Children children = answers.of(node.answer());
      if (answers.check(node.path(), children.code())) {
        String folder = node.path().endsWith("/") ? node.path() : node.path() + "/";
        children.names().stream()
            .map(name -> folder + name)
            .filter(path -> !path.equals(OWN))
            .forEach(next::add);
      }
    }
    return next;
  }
}
