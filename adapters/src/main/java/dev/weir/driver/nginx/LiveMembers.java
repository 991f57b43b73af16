package dev.weir.driver.nginx;

import dev.weir.model.FileContent;
import dev.weir.model.Fingerprint;
import dev.weir.model.Outcome;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Checkpoints.InjectedFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The members that Weir's balancer in nginx has: looks at them and changes them, in nginx first and
 * then on disk, from where nginx takes them when it starts. Used by one thread.
 */
final class LiveMembers {

  private static final int GOOD = 200;

  /** Characters in one request; the balancer takes 4 MB. */
  private static final int MOST_AT_ONCE = 3_000_000;

  private final LiveFiles files;
  private final LivePort port;
  private final Checkpoints checkpoints;

  LiveMembers(LiveFiles files, LivePort port, Checkpoints checkpoints) {
    this.files = files;
    this.port = port;
    this.checkpoints = checkpoints;
  }

  /** What a look at the running balancer showed. */
  sealed interface Running {
    /**
     * @param lists by their upstreams; one that it does not have is not in them
     */
    record Told(Map<String, MemberList> lists) implements Running {}

    /** Its secret is not Weir's any more, or lost. */
    record Locked() implements Running {}

    /** It does not answer, or cannot be asked by this user: it may have anything. */
    record Silent() implements Running {}

    /** There is none. */
    record Absent() implements Running {}
  }

  /** Looks. */
  Running running(Collection<String> upstreams) throws InterruptedException {
    Optional<String> secret = files.secret();
    if (secret.isEmpty()) {
      return files.hasSecret() ? new Running.Silent() : new Running.Locked();
    }
    try {
      LivePort.Answer answer = port.ask(secret.get(), upstreams);
      return switch (answer.status()) {
        case GOOD -> told(answer.body());
        case 403 -> new Running.Locked();
        case 404 -> new Running.Absent();
        default -> new Running.Silent();
      };
    } catch (IOException e) {
      stopIfInterrupted(e);
      return new Running.Silent();
    }
  }

  /** A file of Weir's without a balancer answers its content to every question. */
  private static Running told(String body) {
    Map<String, MemberList> lists = MemberList.in(body);
    return lists.isEmpty() && !body.isEmpty() ? new Running.Absent() : new Running.Told(lists);
  }

  /** The list on disk; absent where there is none. */
  Optional<MemberList> onDisk(String upstream) {
    try {
      return files
          .read(files.members(upstream))
          .map(MemberList::in)
          .map(lists -> lists.get(upstream));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Makes everything ready for a text that goes by these lists.
   *
   * @return what went wrong
   */
  Optional<Outcome> prepare(EmptyAnswers answers, List<FileContent> lists)
      throws InterruptedException {
    try {
      files.prepare(answers);
      write(lists);
      return Optional.empty();
    } catch (IOException | InjectedFailure e) {
      stopIfInterrupted(e);
      return Optional.of(new Outcome.Failed("write members", String.valueOf(e.getMessage())));
    }
  }

  /** Puts lists in force while nginx runs; done when nginx says so and they are on disk. */
  Outcome apply(Fingerprint target, List<FileContent> lists) throws InterruptedException {
    String step = "put members";
    try {
      Optional<String> refused = put(lists);
      if (refused.isPresent()) {
        return new Outcome.Failed(step, refused.get());
      }
      step = "write members";
      write(lists);
      return new Outcome.Applied(target, Outcome.Way.LIVE);
    } catch (IOException | InjectedFailure e) {
      stopIfInterrupted(e);
      return new Outcome.Failed(step, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sends lists to nginx.
   *
   * @return why they are not in force; empty when they are
   */
  private Optional<String> put(List<FileContent> lists) throws IOException {
    Optional<String> secret = files.secret();
    if (secret.isEmpty()) {
      return Optional.of("%s cannot be read".formatted(files.secretFile()));
    }
    checkpoints.before("put members");
    int from = 0;
    while (from < lists.size()) {
      int to = from + 1;
      int length = lists.get(from).text().length();
      while (to < lists.size() && length + lists.get(to).text().length() <= MOST_AT_ONCE) {
        length += lists.get(to++).text().length();
      }
      Optional<String> refused = putSome(secret.get(), lists.subList(from, to));
      if (refused.isPresent()) {
        return refused;
      }
      from = to;
    }
    return Optional.empty();
  }

  private Optional<String> putSome(String secret, List<FileContent> lists) throws IOException {
    LivePort.Answer answer =
        port.put(secret, lists.stream().map(FileContent::text).collect(Collectors.joining()));
    if (answer.status() != GOOD) {
      return Optional.of(
          "nginx's balancer answers %d %s".formatted(answer.status(), answer.body().strip()));
    }
    String wanted =
        lists.stream()
            .flatMap(list -> MemberList.in(list.text()).values().stream())
            .map(list -> list.upstream() + " " + list.version() + "\n")
            .collect(Collectors.joining());
    return answer.body().equals(wanted)
        ? Optional.empty()
        : Optional.of("nginx has no balancer of Weir's");
  }

  /** Writes lists to disk. */
  private void write(List<FileContent> lists) throws IOException {
    for (FileContent list : lists) {
      files.write(list.file(), list.text());
    }
  }

  private static void stopIfInterrupted(Exception e) throws InterruptedException {
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      Thread.interrupted();
      InterruptedException stop = new InterruptedException("interrupted while changing members");
      stop.initCause(e);
      throw stop;
    }
  }
}
