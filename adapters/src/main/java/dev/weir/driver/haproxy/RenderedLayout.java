package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed.ObservedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that a template of the user's writes as a whole: it says by the same variable as a file of
 * Weir's what it is, and no section of it can be tried without the others.
 */
record RenderedLayout(OwnLayout own) implements Layout {

  @Override
  public void know(Defaults defaults) {
    own.know(defaults);
  }

  @Override
  public Parsed parsed(List<ObservedFile> files) {
    return own.parsed(files);
  }

  @Override
  public Optional<String> problem(List<ObservedFile> files) {
    return Optional.empty();
  }

  @Override
  public Optional<String> unloaded(Parsed now, Optional<Fingerprint> loaded) {
    return own.unloaded(now, loaded);
  }

  @Override
  public Written write(List<ObservedFile> files, Map<String, Section> sections) {
    throw new UnsupportedOperationException("sections of a rendered file (expected: its template)");
  }

  @Override
  public boolean isDivisible() {
    return false;
  }
}
