package dev.weir.engine.keeper;

import dev.weir.engine.run.Latest;
import dev.weir.model.Event;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one thread that owns what is known - catalog, health, overrides - and publishes it as {@link
 * Inputs}. Its work is {@link #step}, which takes all news there is and publishes once; {@link
 * #run} repeats it. Only the pools that the news concerns are touched.
 *
 * <p>Until the first checks are in, or five seconds have passed, no proxy that runs is touched;
 * news is then gathered for ten milliseconds before each step, because thousands of members
 * conclude one by one and nobody waits for a single one. Afterwards a step follows its first news
 * at once.
 */
public final class Keeper {
  /** How long the first checks are waited for. */
  public static final Duration START_LIMIT = Duration.ofSeconds(5);

  private static final Duration GATHER = Duration.ofMillis(10);

  /** While the first checks are waited for, it looks this often whether all of them are there. */
  private static final Duration WHILE_STARTING = Duration.ofMillis(100);

  /** A sign of life at least this often. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Seams seams;
  private final CommandDesk desk;
  private final Publisher publisher;
  private final ReportSaver saver;
  private final HostNames hostNames;
  private final Instant startEnd;

  // all below: the keeper's thread only
  private final Book book;
  private boolean started;
  private Instant nextRenewal;

  private volatile Instant lastStep; // written by the keeper's thread

  private Keeper(Seams seams, StoredOverrides stored) throws StoreException {
    Instant now = seams.time().now();
    this.seams = seams;
    this.book = new Book(stored.all());
    this.publisher = new Publisher(new Generations(seams.stores().catalog()));
    this.desk = new CommandDesk(stored, seams, publisher::inputs);
    this.saver = new ReportSaver(seams.stores().catalog(), stored, seams.time());
    this.hostNames = new HostNames(seams.lookup(), seams.mailbox(), seams.runner());
    this.startEnd = now.plus(START_LIMIT);
    this.nextRenewal = now.plus(ReportSaver.RENEW);
    this.lastStep = now;
  }

  /**
   * A keeper of these pools, with everything that the stores still know.
   *
   * @throws StoreException when a store is damaged or cannot be read
   */
  public static Keeper open(Seams seams, List<PoolDefinition> pools) throws StoreException {
    Keeper keeper = new Keeper(seams, new StoredOverrides(seams.stores().overrides()));
    Map<SourceName, LastGood> disk = seams.stores().catalog().loadReports();
    Round round = new Round(keeper.lastStep);
    keeper.book.restore(pools, disk, round);
    Set<SourceName> former = new HashSet<>(disk.keySet());
    former.removeAll(keeper.book.pools().sources());
    former.forEach(keeper.saver::drop);
    keeper.finish(round);
    Object ignored = seams.runner().start("save reports", keeper.saver);
    return keeper;
  }

  // ---- for any thread

  /** The newest inputs. */
  public Inputs inputs() {
    return publisher.inputs();
  }

  /** What follows from the newest inputs, for all who want to know; safe for any thread. */
  public Resolutions resolutions() {
    return publisher.resolutions();
  }

  /** When the keeper last came round. */
  public Instant lastStep() {
    return lastStep;
  }

  /** Hands all inputs to this reader from now on, those of now at once. */
  public void subscribe(Latest<Inputs> reader) {
    publisher.add(reader);
  }

  /** Hands this reader nothing any more. */
  public void unsubscribe(Latest<Inputs> reader) {
    publisher.remove(reader);
  }

  /**
   * Carries a command out: makes it durable, takes it into the inputs.
   *
   * @return the first generation that has it
   * @throws Refused when it cannot be carried out; nothing has changed
   * @throws StoreException when it could not be made durable; nothing has changed
   */
  public long submit(Command command) throws Refused, StoreException, InterruptedException {
    return enqueue(command).await();
  }

  /** Like {@link #submit}, but does not wait until it is part of the inputs. */
  public Ticket enqueue(Command command) throws Refused, StoreException {
    return desk.enqueue(command);
  }

  // ---- the keeper's thread

  /** Steps until it is interrupted. */
  public void run() throws InterruptedException {
    while (true) {
      seams.mailbox().await(step());
      if (!started) {
        seams.time().sleep(GATHER);
      }
    }
  }

  /**
   * Takes all news there is and does what is due.
   *
   * @return how long it may rest unless news comes
   */
  public Duration step() {
    Round round = new Round(seams.time().now());
    lastStep = round.now;
    List<Message> news = seams.mailbox().drain();
    book.take(news, round);
    book.tick(round);
    finish(round);
    for (Message message : news) {
      if (message instanceof Message.Reported reported) {
        reported.taken().run();
      }
    }
    Duration rest = nextDue().map(due -> Duration.between(round.now, due)).orElse(IDLE);
    return rest.compareTo(IDLE) < 0 ? rest : IDLE;
  }

  /** Publishes what the round has brought, and only then has its effects. */
  private void finish(Round round) {
    List<KeptPool> touched = book.pools().all().stream().filter(KeptPool::touched).toList();
    settleStart(round);
    publisher.publish(book.pools(), book.answers(), started, round);
    long generation = inputs().generation();
    for (Event event : round.events) {
      seams.events().accept(event.inGeneration(generation));
    }
    round.tickets.forEach(ticket -> ticket.taken(generation));
    probe(round, touched);
    hostNames.want(book.pools().hostNames());
    save(round, touched);
  }

  private void probe(Round round, List<KeptPool> touched) {
    round.gone.forEach(pool -> seams.probing().follow(pool, List.of()));
    for (KeptPool pool : touched) {
      pool.newlyFollowed().ifPresent(members -> seams.probing().follow(pool.state().id(), members));
    }
    for (MemberId id : round.looks) {
      KeptPool pool = book.pools().find(id.pool());
      if (pool != null) {
        pool.candidate(id).ifPresent(seams.probing()::look);
      }
    }
  }

  private void save(Round round, List<KeptPool> touched) {
    boolean renew = !nextRenewal.isAfter(round.now);
    for (KeptPool pool : renew ? List.copyOf(book.pools().all()) : touched) {
      saver.note(pool, round.now);
    }
    saver.keepOnly(book.pools().sources());
    if (renew) {
      nextRenewal = round.now.plus(ReportSaver.RENEW);
    }
  }

  /** The start is over when all that can be known at once is known, or after the limit. */
  private void settleStart(Round round) {
    if (!started) {
      started =
          !startEnd.isAfter(round.now)
              || book.pools().all().stream().allMatch(pool -> pool.heard() && pool.concluded());
    }
  }

  private Optional<Instant> nextDue() {
    List<Instant> dues = new ArrayList<>();
    dues.add(nextRenewal);
    if (!started) {
      dues.add(startEnd);
      dues.add(lastStep.plus(WHILE_STARTING));
    }
    book.overrides().nextDue().ifPresent(dues::add);
    book.pools().all().forEach(pool -> pool.due().ifPresent(dues::add));
    return dues.stream().min(Instant::compareTo);
  }
}
