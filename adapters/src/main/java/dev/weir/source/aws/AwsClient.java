package dev.weir.source.aws;

import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Asks AWS, each call once. Every call throws {@link ThrottledException} when AWS wants fewer
 * calls, {@link RefusedException} when it does not let us, and any other IOException, with one
 * line, when there is no answer or none that is whole; an interrupt ends it soon. Safe for any
 * thread.
 */
public interface AwsClient extends AutoCloseable {

  /** So many instances may be asked for at once. */
  int MOST_INSTANCES = 200;

  /**
   * A part of an answer.
   *
   * @param next what to ask the rest with; absent at the end
   */
  record Page<T>(List<T> items, Optional<String> next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** Auto Scaling groups; those that do not exist are left out. */
  Page<Group> groups(Selection selection, Optional<String> next)
      throws IOException, InterruptedException;

  /**
   * What instances are; those that do not exist are left out.
   *
   * @param instances 1 to {@link #MOST_INSTANCES} ids
   */
  Page<Machine> machines(SortedSet<String> instances, Optional<String> next)
      throws IOException, InterruptedException;

  /** The lifecycle hooks of a group that hold back instances which terminate. */
  List<Hook> hooks(String group) throws IOException, InterruptedException;

  /** A hook goes on waiting for an instance. */
  void heartbeat(Withheld withheld) throws IOException, InterruptedException;

  /** An instance may go on terminating. */
  void complete(Withheld withheld) throws IOException, InterruptedException;

  @Override
  void close();
}
