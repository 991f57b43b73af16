package dev.weir.source.aws;

import dev.weir.follow.Follower;
import dev.weir.follow.Shared;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks for groups again and again, and for their instances as far as they are not known. */
final class FleetFollower implements Follower<Fleet> {

  /** No account has so many pages; an answer that always promises another is none. */
  private static final int MOST_PAGES = 10_000;

  private final FleetQuestion question;
  private final Accounts accounts;
  private final Time time;

  FleetFollower(FleetQuestion question, Accounts accounts, Time time) {
    this.question = question;
    this.accounts = accounts;
    this.time = time;
  }

  @Override
  public void follow(Consumer<Fleet> teller) throws IOException, InterruptedException {
    try (Shared.Lease<Calls> account = accounts.take(question.account(), time)) {
      KnownMachines machines = new KnownMachines(account.get(), time);
      while (true) {
        List<Group> groups =
            all(account.get(), (client, next) -> client.groups(question.selection(), next));
        Fleet fleet = Fleet.of(question.selection(), groups, machines.of(groups));
        if (groups.isEmpty() && !fleet.missing().isEmpty()) {
          throw new RefusedException(
              "%s: no such group there (expected: one of %s; see region and account)"
                  .formatted(question.account(), String.join(", ", fleet.missing())));
        }
        teller.accept(fleet);
        time.sleep(question.every());
      }
    }
  }

  /** Asks for one page. */
  @FunctionalInterface
  interface Paged<T> {
    AwsClient.Page<T> page(AwsClient client, Optional<String> next)
        throws IOException, InterruptedException;
  }

  /** The items of all pages. */
  static <T> List<T> all(Calls calls, Paged<T> paged) throws IOException, InterruptedException {
    List<T> all = new ArrayList<>();
    Optional<String> next = Optional.empty();
    for (int i = 0; i < MOST_PAGES; i++) {
      Optional<String> token = next;
      AwsClient.Page<T> page = calls.ask(client -> paged.page(client, token));
      all.addAll(page.items());
      next = page.next();
      if (next.isEmpty()) {
        return all;
      }
    }
    throw new IOException("more than %d pages without an end".formatted(MOST_PAGES));
  }
}
