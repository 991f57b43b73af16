package dev.weir.kv.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes keys and values of a YAML or JSON text: mappings and lists are paths, {@code a: {b: [x]}}
 * is {@code /a/b/0} with the value {@code x}. Of several documents the first counts.
 */
final class YamlPairs {

  /** A text that stands for more is a mistake or an attack. */
  private static final int MOST = 1_000_000;

  private static final long MOST_CHARACTERS = 256L * 1024 * 1024;

  private final SortedMap<String, String> pairs = new TreeMap<>();
  private long characters;
  private int visited;

  private YamlPairs() {}

  /**
   * Reads a file's content.
   *
   * @param file what problems name as their place
   * @throws IOException when it cannot be understood in full
   */
  static SortedMap<String, String> of(Path file, byte[] content) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      YamlValue value = YamlReader.read(text);
      if (!(value instanceof YamlValue.Mapping top)) {
        throw new IOException(
            file
                + ": no mapping (expected: keys with values; to say that there are none, write {})");
      }
      YamlPairs reading = new YamlPairs();
      reading.mapping("", top.entries());
      return reading.pairs;
    } catch (CharacterCodingException notText) {
      throw new IOException(file + ": not a text in UTF-8", notText);
    } catch (MarkedYamlEngineException wrong) {
      String line = wrong.getProblemMark().map(YamlPairs::line).orElse("");
      throw new IOException(file + line + ": not YAML or JSON: " + wrong.getProblem(), wrong);
    } catch (YamlEngineException wrong) {
      String reason = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("unreadable");
      throw new IOException("%s: not YAML or JSON: %s".formatted(file, reason), wrong);
    }
  }

  private static String line(Mark mark) {
    return ":" + (mark.getLine() + 1);
  }

  private void mapping(String path, Map<String, YamlValue> entries) {
    entries.forEach((key, value) -> value(path + "/" + key, value));
  }

  private void value(String path, YamlValue value) {
    visited++;
    if (visited > MOST) {
      throw new YamlEngineException("more than %d values, aliases written out".formatted(MOST));
    }
    switch (value) {
      case YamlValue.Text text -> put(path, text.text());
      case YamlValue.Nothing nothing -> {}
      case YamlValue.Mapping mapping -> mapping(path, mapping.entries());
      case YamlValue.Listing listing -> listing(path, listing.items());
    }
  }

  private void listing(String path, List<YamlValue> items) {
    for (int i = 0; i < items.size(); i++) {
      value(path + "/" + i, items.get(i));
    }
  }

  private void put(String path, String text) {
    pairs.put(path, text);
    characters += path.length() + text.length();
    if (characters > MOST_CHARACTERS) {
      throw new YamlEngineException(
          "more than %d MiB, aliases written out".formatted(MOST_CHARACTERS / 1024 / 1024));
    }
  }
}
