package dev.weir.kv.files;

import dev.weir.folders.FolderWatcher;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A file in a folder, in JSON, that a careful program writes. */
final class FilesWorld implements KeyValueWorld {

  private final Path folder;
  private final SortedMap<String, Object> tree = new TreeMap<>();

  FilesWorld(Path folder) throws IOException {
    this.folder = folder;
    heal();
  }

  @Override
  public KeyValueStore store() {
    return new FilesStore(
        new FilesOptions(List.of(folder), "*.json"), new FolderWatcher(), Time.SYSTEM);
  }

  @Override
  public String root() {
    return "/world";
  }

  @Override
  public void put(String key, String value) throws IOException {
    parent(key).put(key.substring(key.lastIndexOf('/') + 1), value);
    heal();
  }

  @Override
  public void delete(String key) throws IOException {
    parent(key).remove(key.substring(key.lastIndexOf('/') + 1));
    heal();
  }

  @SuppressWarnings("unchecked") // what is not a text was put there by this
  private SortedMap<String, Object> parent(String key) {
    SortedMap<String, Object> at = tree;
    String[] parts = key.substring(1).split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      at = (SortedMap<String, Object>) at.computeIfAbsent(parts[i], none -> new TreeMap<>());
    }
    return at;
  }

  @Override
  public void fail(Fault fault) throws IOException {
    String text = Json.of(tree);
    switch (fault) {
      case GONE -> Files.move(folder.resolve("keys.json"), folder.resolve(".keys.json"));
      case HALF -> write(text.substring(0, text.length() / 2));
      case NONSENSE -> write("<html>it works</html>");
      case NOTHING -> write("");
      case SILENT -> throw new UnsupportedOperationException(unable().get(Ability.SILENT));
    }
  }

  @Override
  public void heal() throws IOException {
    write(Json.of(tree));
  }

  @Override
  public void recreate(Map<String, String> pairs) throws IOException {
    tree.clear();
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      put(pair.getKey(), pair.getValue());
    }
    heal();
  }

  private void write(String text) throws IOException {
    Path staged = Files.writeString(folder.resolve(".staged"), text);
    Path ignored =
        Files.move(staged, folder.resolve("keys.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of(
        Ability.SILENT,
        "a file answers",
        Ability.GONE,
        "a folder without a file is a store without a key; tested with a file of its own");
  }

  @Override
  public void close() {
    // the folder is the test's
  }

  /** Texts and mappings as JSON. */
  private static final class Json {
    static String of(Object value) {
      if (value instanceof Map<?, ?> map) {
        StringBuilder text = new StringBuilder("{");
        map.forEach((key, inner) ->
            text.append(text.length() > 1 ? "," : "")
                .append(of(String.valueOf(key)))
                .append(": ")
                .append(of(inner)));
        return text.append("}\n").toString();
      }
      StringBuilder text = new StringBuilder("\"");
      String.valueOf(value).chars().forEach(c -> text.append("\\u%04x".formatted(c)));
      return text.append('"').toString();
    }
  }
}
