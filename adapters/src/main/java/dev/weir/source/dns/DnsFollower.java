package dev.weir.source.dns;

import dev.weir.follow.Follower;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks for a name again and again, each time when the last answer has had its time. */
final class DnsFollower implements Follower<Found> {

  private final DnsQuestion question;
  private final Time time;

  DnsFollower(DnsQuestion question, Time time) {
    this.question = question;
    this.time = time;
  }

  @Override
  public void follow(Consumer<Found> teller) throws IOException, InterruptedException {
    Nameservers servers = Nameservers.of(question.servers(), question.rhythm().timeout());
    while (true) {
      Answer answer =
          question.kind() == Kind.SRV
              ? new SrvLookup(servers).ask(question.name())
              : new AddressLookup(servers).ask(question);
      teller.accept(answer.found());
      time.sleep(bounded(answer.timeToLive()));
    }
  }

  /**
   * What was found, and how long that holds.
   *
   * @param timeToLive zero where nothing was found
   */
  record Answer(Found found, Duration timeToLive) {}

  private Duration bounded(Duration timeToLive) {
    DnsQuestion.Rhythm rhythm = question.rhythm();
    if (timeToLive.compareTo(rhythm.soonest()) < 0) {
      return rhythm.soonest();
    }
    return timeToLive.compareTo(rhythm.latest()) > 0 ? rhythm.latest() : timeToLive;
  }
}
