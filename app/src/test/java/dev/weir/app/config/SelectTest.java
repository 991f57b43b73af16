package dev.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.Wiring;
import dev.weir.model.PoolId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of which a pool takes only some members. */
class SelectTest {

  @TempDir private Path folder;

  @Test
  void onlyMembersWithTheLabelsAreTaken() throws Exception {
    assertThat(first("select: 'dc=eu'").members())
        .extracting(member -> member.address().toString())
        .containsExactly("10.0.0.1:80", "10.0.0.2:80");
    assertThat(first("select: 'dc=eu,role=web'").members())
        .extracting(member -> member.address().toString())
        .containsExactly("10.0.0.2:80");
    assertThat(first("optional: true").members()).hasSize(3);
  }

  @Test
  void remarksAreKeptWhereBackupsAreMarked() {
    Complete report =
        new Complete(List.of(), SourceReport.Absence.MISSING, Map.of(), List.of("a remark"));
    assertThat(LabelSelector.parse("a=b").markBackups(report)).isEqualTo(report);
    assertThat(LabelSelector.parse("a=b").select(report)).isEqualTo(report);
  }

  private Complete first(String beside) throws IOException, InterruptedException {
    Path main =
        Files.writeString(
            folder.resolve("weir.yaml"),
            """
            pools:
              web:
                sources:
                  - static:
                      - { address: '10.0.0.1:80', labels: { dc: eu } }
                      - { address: '10.0.0.2:80', labels: { dc: eu, role: web } }
                      - { address: '10.0.0.3:80', labels: { dc: us } }
                    %s
            """
                .formatted(beside));
    Loaded loaded = new ConfigLoader(Wiring.KINDS).load(main, Texts.DISK);
    WeirConfig config = ((Loaded.Accepted) loaded).config();
    SourceConfig<?> source = config.pool(new PoolId("web")).orElseThrow().sources().getFirst();
    LinkedBlockingQueue<SourceReport> reports = new LinkedBlockingQueue<>();
    Thread watching = Thread.ofVirtual().start(() -> watch(source, reports));
    try {
      return (Complete) reports.take();
    } finally {
      watching.interrupt();
      watching.join();
    }
  }

  private static void watch(SourceConfig<?> source, LinkedBlockingQueue<SourceReport> into) {
    try {
      source.open(Time.SYSTEM).watch(into::add);
    } catch (InterruptedException ended) {
      // what the test asks for
    }
  }
}
