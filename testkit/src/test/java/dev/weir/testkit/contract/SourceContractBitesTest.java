package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.spi.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Deliberately bad sources, and the rules of the contract that each of them breaks. */
@Isolated("the contract counts the threads of this process")
final class SourceContractBitesTest {

  private static final String FIRST = "reportsAllMembersInBoundedTime";
  private static final String FAILED_FIRST = "aFailureFromTheStartIsNeverAReportOfMembers";
  private static final String FAILED_LATER = "aFailureLaterSaysSoAndRecoversByItself";
  private static final String QUIET = "anUnchangedWorldDoesNotFlood";
  private static final String ENDS = "anInterruptEndsItWithinASecondAndLeavesNothingBehind";

  @Test
  void aGoodSourceBreaksNone() {
    assertThat(rulesBrokenBy(Good.class, FIRST, FAILED_FIRST, FAILED_LATER, QUIET, ENDS)).isEmpty();
  }

  @Test
  void anErrorThatBecomesAnEmptyListIsCaught() {
    assertThat(rulesBrokenBy(TakesErrorsForEmptiness.class, FIRST, FAILED_FIRST, FAILED_LATER))
        .containsExactlyInAnyOrder(FAILED_FIRST, FAILED_LATER);
  }

  @Test
  void oneThatGivesUpIsCaught() {
    assertThat(rulesBrokenBy(GivesUp.class, FAILED_LATER)).containsExactly(FAILED_LATER);
  }

  @Test
  void oneThatRepeatsItselfIsCaught() {
    assertThat(rulesBrokenBy(Floods.class, FIRST, FAILED_FIRST, QUIET)).containsExactly(QUIET);
  }

  @Test
  void oneThatLeavesAThreadBehindIsCaught() {
    assertThat(rulesBrokenBy(LeavesAThread.class, FIRST, ENDS)).containsExactly(ENDS);
  }

  @Test
  void oneWhoseThreadFailsUnheardIsCaught() {
    assertThat(rulesBrokenBy(FailsUnheard.class, FIRST)).containsExactly(FIRST);
  }

  private static Set<String> rulesBrokenBy(
      Class<? extends SourceContract> contract, String... rules) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(
            Arrays.stream(rules)
                .map(rule -> selectMethod(contract, rule))
                .toArray(DiscoverySelector[]::new))
        .execute()
        .testEvents()
        .finished()
        .filter(SourceContractBitesTest::hasFailed)
        .map(SourceContractBitesTest::rule)
        .collect(Collectors.toSet());
  }

  private static boolean hasFailed(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getStatus()
        == TestExecutionResult.Status.FAILED;
  }

  private static String rule(Event event) {
    String id = event.getTestDescriptor().getUniqueId().toString();
    return id.replaceAll("(?s).*\\[(?:method|test-factory):([A-Za-z]+)\\(.*", "$1");
  }

  /** Keeps all rules. */
  static final class Good extends SourceContract {
    @Override
    protected SourceWorld world() {
      return new ToldWorld(news ->
          sink -> {
            SourceReport said = news.take();
            sink.report(said);
            while (true) {
              SourceReport report = news.take();
              if (!report.equals(said)) {
                said = report;
                sink.report(report);
              }
            }
          });
    }
  }

  /** Reports no members when it cannot look. */
  static final class TakesErrorsForEmptiness extends SourceContract {
    @Override
    protected SourceWorld world() {
      return new ToldWorld(news ->
          sink -> {
            while (true) {
              SourceReport report = news.take();
              sink.report(report instanceof Unavailable ? Complete.of(List.of()) : report);
            }
          });
    }
  }

  /** Looks once and says for ever that it cannot. */
  static final class GivesUp extends SourceContract {
    @Override
    protected SourceWorld world() {
      return new ToldWorld(news ->
          sink -> {
            sink.report(news.take());
            sink.report(new Unavailable("no more"));
            new CountDownLatch(1).await();
          });
    }
  }

  /** Reports whenever anything stirs. */
  static final class Floods extends SourceContract {
    @Override
    protected SourceWorld world() {
      return new ToldWorld(SourceContractBitesTest::repeating);
    }
  }

  /** Leaves a platform thread behind. */
  static final class LeavesAThread extends SourceContract {
    @Override
    protected SourceWorld world() {
      return new ToldWorld(news ->
          sink -> {
            Thread left = Thread.ofPlatform().daemon().unstarted(() -> linger());
            left.start();
            repeating(news).watch(sink);
          });
    }

    private static void linger() {
      try {
        boolean ignored = new CountDownLatch(1).await(3, TimeUnit.SECONDS);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Has a thread that fails. */
  static final class FailsUnheard extends SourceContract {
    @Override
    protected SourceWorld world() {
      return new ToldWorld(news ->
          sink -> {
            Thread failing = Thread.ofVirtual().unstarted(() -> fail());
            failing.start();
            failing.join();
            repeating(news).watch(sink);
          });
    }

    private static void fail() {
      throw new IllegalStateException("unheard");
    }
  }

  private static Source repeating(BlockingQueue<SourceReport> news) {
    return sink -> {
      while (true) {
        sink.report(news.take());
      }
    };
  }
}
