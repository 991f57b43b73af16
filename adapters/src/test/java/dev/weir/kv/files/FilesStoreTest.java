package dev.weir.kv.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.folders.FolderWatcher;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of several files and folders, and of files that come and go. */
final class FilesStoreTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private Path one;
  private Path many;

  @BeforeEach
  void files() throws IOException {
    one = Files.writeString(folder.resolve("one.yaml"), "a: one\nb: one\n");
    many = Files.createDirectories(folder.resolve("many"));
    Path below = Files.createDirectories(many.resolve("below"));
    write(many.resolve("x.yaml"), "b: x\nc: x\n");
    write(below.resolve("y.yaml"), "c: w\nd: w\n");
    write(many.resolve("readme.txt"), "no keys at all");
    write(many.resolve(".x.yaml.swp"), "z: 1");
  }

  private static void write(Path file, String text) throws IOException {
    Path ignored = Files.writeString(file, text);
  }

  @Test
  void ofAKeyInSeveralFilesTheLastCounts() throws Exception {
    try (KeyValueStore store = store(one, many);
        WatchedStore watched = watch(store)) {
      watched.awaitPairs(Map.of("/a", "one", "/b", "x", "/c", "x", "/d", "w"));
    }
    try (KeyValueStore store = store(many, one);
        WatchedStore watched = watch(store)) {
      watched.awaitPairs(Map.of("/a", "one", "/b", "one", "/c", "x", "/d", "w"));
    }
  }

  @Test
  void filesAndFoldersMayComeAndGo() throws Exception {
    try (KeyValueStore store = store(many);
        WatchedStore watched = watch(store)) {
      watched.awaitPairs(Map.of("/b", "x", "/c", "x", "/d", "w"));
      write(Files.createDirectory(many.resolve("new")).resolve("z.yaml"), "e: z");
      watched.awaitPairs(Map.of("/b", "x", "/c", "x", "/d", "w", "/e", "z"));
      write(many.resolve("new/z.yaml"), "e: zz");
      watched.awaitPairs(Map.of("/b", "x", "/c", "x", "/d", "w", "/e", "zz"));
      Files.delete(many.resolve("x.yaml"));
      watched.awaitPairs(Map.of("/c", "w", "/d", "w", "/e", "zz"));
    }
  }

  @Test
  void aFileThatIsNamedMustBeThere() throws Exception {
    try (KeyValueStore store = store(one);
        WatchedStore watched = watch(store)) {
      watched.awaitPairs(Map.of("/a", "one", "/b", "one"));
      int before = watched.count();
      Files.delete(one);
      assertThat(watched.awaitFailure(before)).hasMessage(one + ": no such file");
      write(one, "a: two");
      watched.awaitPairs(Map.of("/a", "two"));
    }
  }

  @Test
  void oneFileThatCannotBeReadSpoilsAll() throws Exception {
    try (KeyValueStore store = store(many);
        WatchedStore watched = watch(store)) {
      watched.awaitPairs(Map.of("/b", "x", "/c", "x", "/d", "w"));
      int before = watched.count();
      write(many.resolve("x.yaml"), "b: x\nc: [x\n");
      assertThat(watched.awaitFailure(before))
          .hasMessageStartingWith(many.resolve("x.yaml") + ":")
          .hasMessageContaining("not YAML or JSON");
    }
  }

  /** As an orchestrator does that swaps a whole folder of settings at once. */
  @Test
  void aFolderMayBeSwappedBehindALink() throws Exception {
    Path before = Files.createDirectory(folder.resolve("..1"));
    Path after = Files.createDirectory(folder.resolve("..2"));
    write(before.resolve("k.yaml"), "a: 1");
    write(after.resolve("k.yaml"), "a: 2");
    Path link = Files.createSymbolicLink(folder.resolve("..data"), before.getFileName());
    Path file = Files.createSymbolicLink(folder.resolve("k.yaml"), Path.of("..data", "k.yaml"));
    try (KeyValueStore store = store(file);
        WatchedStore watched = watch(store)) {
      watched.awaitPairs(Map.of("/a", "1"));
      Path staged = Files.createSymbolicLink(folder.resolve("..tmp"), after.getFileName());
      Path ignored = Files.move(staged, link, StandardCopyOption.ATOMIC_MOVE);
      watched.awaitPairs(Map.of("/a", "2"));
      assertThat(watched.told()).allMatch(WatchedStore.Told.Pairs.class::isInstance);
    }
  }

  private static KeyValueStore store(Path... paths) {
    return new FilesStore(
        new FilesOptions(List.of(paths), "*.yaml"), new FolderWatcher(), Time.SYSTEM);
  }

  private static WatchedStore watch(KeyValueStore store) {
    return WatchedStore.start(store, "/", PATIENCE);
  }
}
