package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.ConfigurationStore.Accepted;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What every store of accepted configuration promises: the newest one, to the character. */
public abstract class ConfigurationStoreContract extends StoreContract {

  @Test
  final void has_none_at_first() throws Exception {
    assertThat(configuration().lastAccepted()).isEmpty();
  }

  @Test
  final void gives_back_the_newest_with_its_files_in_order() throws Exception {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("/etc/weir/weir.yaml", "include: [conf.d/*.yaml]\n");
    files.put("/etc/weir/conf.d/z.yaml", StoredSamples.ODD_TEXT);
    files.put("/etc/weir/conf.d/a.yaml", "");
    SequencedMap<String, String> former = new LinkedHashMap<>();
    former.put("/etc/weir/former.yaml", "pools: {}\n");
    configuration().accept(new Accepted(former, StoredSamples.NOON.minusSeconds(1)));

    configuration().accept(new Accepted(files, StoredSamples.NOON));

    assertThat(configuration().lastAccepted()).contains(new Accepted(files, StoredSamples.NOON));
    Accepted kept = killedAndReopened().configuration().lastAccepted().orElseThrow();
    assertThat(kept.files()).containsExactlyEntriesOf(files);
    assertThat(kept.at()).isEqualTo(StoredSamples.NOON);
  }

  private ConfigurationStore configuration() {
    return stores().configuration();
  }
}
