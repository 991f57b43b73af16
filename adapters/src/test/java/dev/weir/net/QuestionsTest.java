package dev.weir.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is asked counts for the source that began the conversation. */
class QuestionsTest {

  private final AtomicInteger first = new AtomicInteger();
  private final AtomicInteger second = new AtomicInteger();

  @Test
  void threadsThatASourceStartsAskForIt() {
    inThread(() -> {
      Questions.countedBy(first::incrementAndGet);
      Questions.asked();
      inThread(Questions::asked);
    });
    assertThat(first).hasValue(2);
  }

  @Test
  void eachSourceHasItsOwn() {
    inThread(() -> {
      Questions.countedBy(first::incrementAndGet);
      Questions.asked();
    });
    inThread(() -> {
      Questions.countedBy(second::incrementAndGet);
      Questions.asked();
      Questions.asked();
    });
    assertThat(first).hasValue(1);
    assertThat(second).hasValue(2);
  }

  @Test
  void whoIsNoSourceCountsForNobody() {
    inThread(Questions::asked);
    assertThat(first).hasValue(0);
  }

  private static void inThread(Runnable work) {
    Thread thread = Thread.ofVirtual().start(work);
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
