package dev.weir.app.run;

import dev.weir.app.config.ConfigText;
import dev.weir.spi.ConfigurationStore.Accepted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** A configuration's text as the store keeps it, and back. */
final class AcceptedText {

  private AcceptedText() {}

  static Accepted of(ConfigText text, Instant at) {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    text.files().forEach((path, content) -> files.put(path.toString(), content));
    files.putFirst(text.main().toString(), files.getOrDefault(text.main().toString(), ""));
    return new Accepted(files, at);
  }

  static ConfigText read(Accepted accepted) {
    SortedMap<Path, String> files = new TreeMap<>();
    for (Map.Entry<String, String> file : accepted.files().entrySet()) {
      files.put(Path.of(file.getKey()), file.getValue());
    }
    return new ConfigText(Path.of(accepted.files().firstEntry().getKey()), files);
  }
}
