package dev.weir.source.aws;

import dev.weir.follow.Pace;
import dev.weir.follow.Shared;
import dev.weir.spi.Time;

/** The accounts that are asked: one client and one budget for each, whoever asks. */
final class Accounts {

  private final Shared<Key, Calls> calls;

  private record Key(AwsAccount account, Time time) {}

  /**
   * @param opener opens the client of an account
   * @param backOff between two tries of a call when AWS wants fewer
   */
  Accounts(Calls.Opener opener, Pace backOff) {
    calls =
        new Shared<>(
            key -> new Calls(key.account(), opener, new Calls.Manner(backOff, key.time())),
            Calls::close);
  }

  /** Takes a share in the calls of an account. */
  Shared.Lease<Calls> take(AwsAccount account, Time time) throws InterruptedException {
    return calls.take(new Key(account, time));
  }
}
