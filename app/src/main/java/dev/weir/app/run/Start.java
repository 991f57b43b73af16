package dev.weir.app.run;

import dev.weir.app.config.ConfigLoader;
import dev.weir.app.config.ConfigText;
import dev.weir.app.config.Loaded;
import dev.weir.app.config.Problem;
import dev.weir.app.config.Texts;
import dev.weir.app.config.WeirConfig;
import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that Weir starts with.
 *
 * @param accepted when it was accepted
 * @param problems of the files that should have been used; empty when they are in use
 */
public record Start(WeirConfig config, ConfigText text, Instant accepted, List<Problem> problems) {

  public Start {
    problems = List.copyOf(problems);
  }

  /** Whether the files cannot be used, and what was accepted last is used in their place. */
  public boolean fallback() {
    return !problems.isEmpty();
  }

  /** From files that can be used. */
  public static Start of(Loaded.Accepted accepted, Instant now) {
    return new Start(accepted.config(), accepted.text(), now, List.of());
  }

  /**
   * From the configuration accepted last.
   *
   * @param problems why the files cannot be used
   * @return absent when none was ever accepted, or it cannot be used either
   */
  public static Optional<Start> fallback(
      ConfigurationStore store, ConfigLoader loader, List<Problem> problems) throws StoreException {
    Optional<ConfigurationStore.Accepted> former = store.lastAccepted();
    if (former.isPresent()
        && loader.load(AcceptedText.read(former.get())) instanceof Loaded.Accepted accepted) {
      return Optional.of(
          new Start(accepted.config(), accepted.text(), former.get().at(), problems));
    }
    return Optional.empty();
  }

  /** Where a configuration is read from, again and again. */
  public record Files(Path main, ConfigLoader loader) {

    /** Reads them as they are now. */
    public Loaded read() {
      return loader.load(main, Texts.DISK);
    }

    /** The state folder that the main file names, however broken it is. */
    public Path stateFolder() {
      return ConfigLoader.stateFolder(main, Texts.DISK);
    }
  }
}
