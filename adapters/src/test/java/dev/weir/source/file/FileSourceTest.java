package dev.weir.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.SourceReport.Complete;
import dev.weir.testkit.WatchedSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path temporary;
  private Path folder = Path.of(".");
  private Path file = Path.of("members.txt");

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("weir"));
    file = folder.resolve("members.txt");
  }

  @Test
  void whatIsWrittenSlowlyIsReadWhenItIsComplete() throws Exception {
    untilWrittenSteadily(() -> {
      rename("10.0.0.1:80\n");
      try (WatchedSource watched = watch(file)) {
        watched.awaitMembers(Set.of("10.0.0.1:80"));
        return reportsOfSlowWriting(watched);
      }
    });
  }

  @Test
  void aFileThatIsCreatedSlowlyIsReadWhenItIsComplete() throws Exception {
    untilWrittenSteadily(() -> {
      Files.deleteIfExists(file);
      try (WatchedSource watched = watch(file)) {
        watched.awaitUnavailable(0);
        return reportsOfSlowWriting(watched);
      }
    });
  }

  @Test
  void deletedAndCreatedInOneGoIsNoOutage() throws Exception {
    rename("10.0.0.1:80\n");
    try (WatchedSource watched = watch(file)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      Files.delete(file);
      Files.writeString(file, "10.0.0.1:80\n10.0.0.2:80\n");
      watched.awaitMembers(addresses(2));
      assertThat(watched.reports()).hasSize(2);
    }
  }

  @Test
  void aThousandRenamesEndWithTheLast() throws Exception {
    rename("10.0.0.1:80\n");
    try (WatchedSource watched = watch(file)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      for (int i = 0; i < 1000; i++) {
        rename("10.0.%d.%d:80\n".formatted(i / 250, i % 250 + 1));
      }
      watched.awaitMembers(Set.of("10.0.3.250:80"));
    }
  }

  @Test
  void aFolderThatComesLaterGoesAndComesAgainIsSeen() throws Exception {
    Path late = folder.resolve("a/b/members.txt");
    try (WatchedSource watched = watch(late)) {
      assertThat(watched.awaitUnavailable(0).reason()).endsWith("members.txt: no such file");
      Files.createDirectories(late.getParent());
      Files.writeString(late, "10.0.0.1:80\n");
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      Files.delete(late);
      Files.delete(folder.resolve("a/b"));
      Files.delete(folder.resolve("a"));
      int before = watched.count();
      watched.awaitUnavailable(before);
      Files.createDirectories(late.getParent());
      Files.writeString(late, "10.0.0.2:80\n");
      watched.awaitMembers(Set.of("10.0.0.2:80"));
    }
  }

  @Test
  void aFolderThatIsReplacedByAnotherIsSeen() throws Exception {
    rename("10.0.0.1:80\n");
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("members.txt"), "10.0.0.2:80\n");
    try (WatchedSource watched = watch(file)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      Files.move(folder, temporary.resolve("old"));
      Files.move(other, folder);
      watched.awaitMembers(Set.of("10.0.0.2:80"));
      rename("10.0.0.3:80\n");
      watched.awaitMembers(Set.of("10.0.0.3:80"));
    }
  }

  @Test
  void theLinksOfAKubernetesVolumeAreFollowedAtEachSwap() throws Exception {
    Files.createSymbolicLink(folder.resolve("members.txt"), Path.of("..data/members.txt"));
    swapData("..1", "10.0.0.1:80\n");
    try (WatchedSource watched = watch(file)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      for (int i = 2; i < 10; i++) {
        swapData(".." + i, "10.0.0.%d:80\n".formatted(i));
        watched.awaitMembers(Set.of("10.0.0.%d:80".formatted(i)));
      }
    }
  }

  @Test
  void aLinkToAFileElsewhereIsFollowedWhenThatChanges() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path real = Files.writeString(elsewhere.resolve("real.txt"), "10.0.0.1:80\n");
    Files.createSymbolicLink(file, real);
    try (WatchedSource watched = watch(file)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      FileWorld.rename(elsewhere, real, "10.0.0.2:80\n".getBytes(UTF_8));
      watched.awaitMembers(Set.of("10.0.0.2:80"));
      Files.delete(real);
      assertThat(watched.awaitUnavailable(2).reason()).contains("the symbolic link leads nowhere");
    }
  }

  @Test
  void aFolderInPlaceOfTheFileIsUnavailable() throws Exception {
    Files.createDirectory(file);
    try (WatchedSource watched = watch(file)) {
      assertThat(watched.awaitUnavailable(0).reason()).contains("not a regular file");
    }
  }

  @Test
  void problemsNameFileLineAndValue() throws Exception {
    rename("10.0.0.1:80\nbad one\n");
    try (WatchedSource watched = watch(file)) {
      assertThat(watched.awaitUnavailable(0).reason())
          .startsWith(file + ":2: address: \"bad one\" (expected: ");
    }
  }

  @Test
  void tenThousandMembersAreFollowed() throws Exception {
    rename(lines(10_000));
    try (WatchedSource watched = watch(file)) {
      Complete all =
          (Complete)
              watched.await(
                  0, "10,000", r -> r instanceof Complete c && c.members().size() == 10_000);
      assertThat(all.members()).isSorted();
      rename(lines(9_999));
      watched.await(1, "9,999", r -> r instanceof Complete c && c.members().size() == 9_999);
    }
  }

  @Test
  void aRenameIsReportedLongBeforeTheTimeThatAFileMustStandStill() throws Exception {
    rename("10.0.0.1:80\n");
    try (WatchedSource watched = watch(file)) {
      watched.awaitMembers(Set.of("10.0.0.1:80"));
      long[] nanos = new long[100];
      for (int i = 0; i < nanos.length; i++) {
        int before = watched.count();
        byte[] next = "10.0.0.%d:80\n".formatted(i + 2).getBytes(UTF_8);
        Path staged = Files.write(folder.resolve(".staged"), next);
        long begin = System.nanoTime();
        Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
        watched.await(before, "the next", Complete.class::isInstance);
        nanos[i] = System.nanoTime() - begin;
      }
      Arrays.sort(nanos);
      assertThat(Duration.ofNanos(nanos[50])).isLessThan(Duration.ofMillis(10));
    }
  }

  private void swapData(String name, String content) throws IOException {
    Path data = Files.createDirectory(folder.resolve(name));
    Files.writeString(data.resolve("members.txt"), content);
    Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(name));
    Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void rename(String content) throws IOException {
    FileWorld.rename(folder, file, content.getBytes(UTF_8));
  }

  private static WatchedSource watch(Path path) {
    return WatchedSource.start(
        new FileSourceType().open(new FileSourceType.Options(path), FileWorld.CONTEXT), PATIENCE);
  }

  private static Set<String> addresses(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj("10.0.0.%d:80"::formatted)
        .collect(Collectors.toSet());
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.0.%d.%d:80\n".formatted(i / 250, i % 250))
        .collect(Collectors.joining());
  }

  /** What a slow writing led to, and the longest time for which its writer stood still. */
  private record SlowWriting(Duration longestRest, int reports) {}

  /** Writes twenty members, one every ten milliseconds, and waits until they are reported. */
  private SlowWriting reportsOfSlowWriting(WatchedSource watched) throws Exception {
    long longest = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      long last = System.nanoTime();
      for (int i = 1; i <= 20; i++) {
        out.write("10.0.0.%d:80\n".formatted(i).getBytes(UTF_8));
        longest = Math.max(longest, System.nanoTime() - last);
        last = System.nanoTime();
        pause(Duration.ofMillis(10));
      }
    }
    watched.awaitMembers(addresses(20));
    return new SlowWriting(Duration.ofNanos(longest), watched.reports().size());
  }

  /**
   * Judges only a writing that never stood still for as long as a file must to be read: on a busy
   * machine this thread is sometimes kept waiting itself, and then half a file is rightly read.
   */
  private static void untilWrittenSteadily(Callable<SlowWriting> writing) throws Exception {
    Optional<SlowWriting> steady = Optional.empty();
    for (int tries = 0; steady.isEmpty() && tries < 50; tries++) {
      steady = Optional.of(writing.call()).filter(it -> it.longestRest().toMillis() < 30);
    }
    assertThat(steady).as("a writing without a rest of 30 ms").isPresent();
    assertThat(steady.orElseThrow().reports()).as("the first state, then the whole").isEqualTo(2);
  }

  /** Lets real time pass, as a slow writer does. */
  private static void pause(Duration howLong) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(howLong.toNanos(), TimeUnit.NANOSECONDS)).isFalse();
  }
}
