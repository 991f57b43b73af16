package dev.weir.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts real nginx, real HAProxy, backends and Weir on free loopback ports in a folder of its own,
 * tells the {@link Story}, and takes everything down again.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Deque<Ending> endings = new ArrayDeque<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final String launcher;

  /** How one thing that was started is ended. */
  private interface Ending {
    void end() throws IOException, InterruptedException;
  }

  private Demo(String launcher) {
    this.launcher = launcher;
  }

  /**
   * @param args the launcher of Weir; and {@code --once} to exit after the story, with 0 only if
   *     every step was seen through both proxies and no request failed
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Demo demo = new Demo(args[0]);
    Runtime.getRuntime().addShutdownHook(new Thread(demo::end, "end"));
    boolean good = demo.play();
    if (!List.of(args).contains("--once")) {
      demo.out.printf("%nEverything stays up; Ctrl-C ends it.%n");
      new CountDownLatch(1).await();
    }
    demo.end();
    System.exit(good ? 0 : 1);
  }

  private boolean play() throws IOException, InterruptedException {
    Stage stage = Stage.set(3);
    endings.push(stage::strike);
    Clients nginxClients = new Clients("nginx", stage.ports().nginx());
    Clients haproxyClients = new Clients("HAProxy", stage.ports().haproxy());
    List<Clients> clients = List.of(nginxClients, haproxyClients);
    Story story = new Story(stage, clients, launcher, out);
    story.prologue();
    endings.push(story::epilogue);

    long started = System.nanoTime();
    Child weir =
        start("Weir", List.of(launcher, "run", "-c", stage.file("weir.yaml").toString()), stage);
    List<String> members = story.beginning().stream().map(Backend::address).toList();
    await(weir, stage.file("weir-upstreams.conf"), members);
    await(weir, stage.file("weir-haproxy.cfg"), members);
    out.printf("Weir is up after %d ms: its files list both backends%n", millisSince(started));
    await(start("nginx", stage.nginx(), stage), stage.file("nginx.pid"), List.of());
    await(start("HAProxy", stage.haproxy(), stage), stage.file("haproxy.sock"), List.of());
    out.printf("nginx    http://127.0.0.1:%d/%n", stage.ports().nginx());
    out.printf("HAProxy  http://127.0.0.1:%d/%n", stage.ports().haproxy());
    out.printf("members  %s (edit it and watch)%n", stage.file("members.json"));
    clients.forEach(Clients::start);
    clients.forEach(client -> endings.push(client::close));

    boolean good = story.tell();
    long repeated = clients.stream().mapToLong(Clients::repeated).sum();
    out.printf("%n%d requests failed", story.failed());
    out.printf("; %d were repeated on a new connection, their kept one having ended%n", repeated);
    clients.forEach(client -> client.failures().forEach(failure -> out.println("  " + failure)));
    if (!good) {
      out.printf("%nNot every step was seen, or a request failed. Weir's last words:%n");
      out.println(weir.lastWords());
    }
    return good;
  }

  private Child start(String name, List<String> command, Stage stage) throws IOException {
    Child child = Child.start(name, command, stage.file(name + ".log"));
    endings.push(child::end);
    return child;
  }

  /** Waits until a child has made a file, with all of these in it. */
  private static void await(Child child, Path file, List<String> contents)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!made(file, contents)) {
      if (System.nanoTime() > deadline || !child.alive()) {
        throw new IllegalStateException(
            "%s is not made; last words of %s:%n%s".formatted(file, child, child.lastWords()));
      }
      Thread.sleep(Duration.ofMillis(5));
    }
  }

  private static boolean made(Path file, List<String> contents) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    String text = contents.isEmpty() ? "" : Files.readString(file);
    return contents.stream().allMatch(text::contains);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /** Ends everything that was started, the last first; also on Ctrl-C. */
  private void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    while (!endings.isEmpty()) {
      try {
        endings.pop().end();
      } catch (IOException e) {
        out.println("could not be ended: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
