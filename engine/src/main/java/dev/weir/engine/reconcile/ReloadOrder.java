package dev.weir.engine.reconcile;

import dev.weir.model.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to have a proxy loaded anew though nothing else calls for it, and what became of
 * it. Safe for any thread.
 */
public final class ReloadOrder {
  private final String why;
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile @Nullable Outcome outcome; // written once, before the latch opens

  /**
   * @param why for people: the reason of the reload
   */
  public ReloadOrder(String why) {
    this.why = why;
  }

  String why() {
    return why;
  }

  /**
   * Waits until it is known what became of it.
   *
   * @param atMost zero or less: does not wait
   * @return absent when that is not known in time; the wish stands then
   */
  public Optional<Outcome> await(Duration atMost) throws InterruptedException {
    var _ = answered.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    return Optional.ofNullable(outcome);
  }

  /** Says what became of it; to be called once. */
  public void answer(Outcome what) {
    outcome = what;
    answered.countDown();
  }
}
