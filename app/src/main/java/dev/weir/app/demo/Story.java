package dev.weir.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What happens to the backends, told step by step: what the clients see through both proxies, how
 * soon, and how many of their requests failed.
 */
final class Story {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** So long nothing may be seen of a member that is gone before it counts as gone. */
  private static final Duration CALM = Duration.ofMillis(700);

  private final Stage stage;
  private final List<Clients> clients;
  private final String launcher;
  private final PrintStream out;
  private final Backend a;
  private final Backend b;
  private final Backend c;
  private int unseen;

  /**
   * @param launcher of Weir, for its commands
   */
  Story(Stage stage, List<Clients> clients, String launcher, PrintStream out) {
    this.stage = stage;
    this.launcher = launcher;
    this.clients = List.copyOf(clients);
    this.out = out;
    List<Integer> ports = stage.ports().backends();
    this.a = new Backend("a", ports.get(0));
    this.b = new Backend("b", ports.get(1));
    this.c = new Backend("c", ports.get(2));
  }

  /** Sets the backends up that are there from the beginning. */
  void prologue() throws IOException {
    a.start();
    b.start();
    c.start();
    stage.members(beginning());
  }

  /** The members that there are at the beginning. */
  List<Backend> beginning() {
    return List.of(a, b);
  }

  /** Whether every step was seen through both proxies and no request failed. */
  boolean tell() throws IOException, InterruptedException {
    out.printf("%n%-36s", "what happens");
    clients.forEach(client -> out.printf("%-17s", "seen by " + client.proxy()));
    out.printf("%9s%8s%n", "requests", "failed");

    Step step = begin("a and b serve");
    step.seen(client -> allOf(client, a, b));

    step = begin("c arrives");
    stage.members(List.of(a, b, c));
    step.seen(client -> allOf(client, c));

    step = begin("b dies");
    b.kill();
    step.seen(client -> gone(client, b));

    step = begin("b comes back");
    b.start();
    step.seen(client -> allOf(client, b));

    List<Thread> slow = slowRequests();
    step = begin("weir drain web a");
    weir("drain", "web", "a");
    step.seen(client -> gone(client, a));
    for (Thread thread : slow) {
      thread.join(PATIENCE);
    }

    step = begin("weir enable web a");
    weir("enable", "web", "a");
    step.seen(client -> allOf(client, a));

    slow = slowRequests();
    step = begin("a leaves the list, still answering");
    stage.members(List.of(b, c));
    step.seen(client -> gone(client, a));
    for (Thread thread : slow) {
      thread.join(PATIENCE);
    }

    step = begin("a comes back");
    stage.members(List.of(a, b, c));
    step.seen(client -> allOf(client, a));
    return unseen == 0 && failed() == 0;
  }

  /** A command as somebody would type it. */
  private void weir(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(launcher));
    line.addAll(List.of(command));
    line.addAll(List.of("--server", "unix:" + stage.file("api.sock")));
    Child child = Child.start("weir", line, stage.file("weir-cli.log"));
    if (child.await() != 0) {
      out.printf("%n%s: %s%n", String.join(" ", line), child.lastWords());
      unseen++;
    }
  }

  void epilogue() throws IOException {
    a.close();
    b.close();
    c.close();
  }

  long failed() {
    return clients.stream().mapToLong(Clients::failed).sum();
  }

  /** Requests that are still being answered by every backend when the next thing happens. */
  private List<Thread> slowRequests() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Clients client : clients) {
      for (int i = 0; i < 6; i++) {
        threads.add(Thread.ofVirtual().start(() -> client.askOnce("/slow")));
      }
    }
    Thread.sleep(Duration.ofMillis(200));
    return threads;
  }

  private Step begin(String what) {
    clients.forEach(Clients::beginStep);
    return new Step(what, System.nanoTime());
  }

  /** One thing that happens, and since when. */
  private final class Step {

    private final String what;
    private final long sinceNanos;

    Step(String what, long sinceNanos) {
      this.what = what;
      this.sinceNanos = sinceNanos;
    }

    /** Waits until every client has seen it, and tells how long that took. */
    void seen(Function<Clients, OptionalLong> whenNanos) throws InterruptedException {
      out.printf("%-36s", what);
      for (Clients client : clients) {
        OptionalLong when = whenNanos.apply(client);
        while (when.isEmpty() && System.nanoTime() - sinceNanos < PATIENCE.toNanos()) {
          Thread.sleep(Duration.ofMillis(2));
          when = whenNanos.apply(client);
        }
        if (when.isEmpty()) {
          unseen++;
        }
        out.printf("%-17s", when.isEmpty() ? "not seen" : millis(when.getAsLong()) + " ms");
      }
      out.printf("%9d%8d%n", clients.stream().mapToLong(Clients::good).sum(), failed());
    }

    private long millis(long nanos) {
      return Math.max(0, (nanos - sinceNanos) / 1_000_000);
    }
  }

  /** When all of these have answered in this step. */
  private static OptionalLong allOf(Clients client, Backend... backends) {
    OptionalLong last = OptionalLong.empty();
    for (Backend backend : backends) {
      OptionalLong first = client.firstAnswerNanos(backend);
      if (first.isEmpty()) {
        return first;
      }
      last = OptionalLong.of(Math.max(last.orElse(Long.MIN_VALUE), first.getAsLong()));
    }
    return last;
  }

  /** When a backend was last seen or tried in vain, once that is long enough ago. */
  private static OptionalLong gone(Clients client, Backend backend) {
    long last =
        Math.max(
            client.lastSeveralNanos(),
            client.lastAnswerNanos(backend).orElse(client.lastSeveralNanos()));
    return System.nanoTime() - last > CALM.toNanos() ? OptionalLong.of(last) : OptionalLong.empty();
  }
}
