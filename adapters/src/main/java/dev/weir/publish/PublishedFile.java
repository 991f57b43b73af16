package dev.weir.publish;

import dev.weir.spi.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A file that Weir owns and a running program reads. A new text gets there in steps, and a kill
 * between any two of them leaves a state that {@link #unfinished} finds:
 *
 * <pre>
 *   stage                .NAME.weir-staged    the new bytes, on disk, mode and owner of the target
 *   (check)                                   the owner of this file judges the staged one
 *   swap                 .NAME.weir-previous  a hard link to the bytes in force: the swap record
 *                        NAME                 replaced by renaming the staged file
 *   (reload, confirm)                         the owner again
 *   keep or roll back    .NAME.weir-previous  a backup, or deleted, or renamed back
 * </pre>
 *
 * <p>While {@code .NAME.weir-previous} exists, a swap is under way. It needs no disk space, so that
 * a full disk cannot stop a roll-back. The helper files match neither {@code *} nor {@code *.conf}
 * in an include. A target that does not exist is created empty first, and comes back as an empty
 * file: a configuration that names it must still load.
 *
 * <p>Used by one thread.
 */
public final class PublishedFile {

  private static final int PIECE = 64 * 1024;

  private final Path target;
  private final Path staged;
  private final Path previous;
  private final Effects effects;
  private final Charset charset;
  private final Backups backups;

  /** What was last read or put in force. */
  private Content known = Content.NOTHING;

  /** What was last staged. */
  private Content next = Content.NOTHING;

  /**
   * What the target must hold for the staged text to replace it; absent where that is no matter.
   */
  private Optional<byte[]> madeFrom = Optional.empty();

  private static final class Content {
    private static final Content NOTHING = new Content(new byte[0], "");
    private final byte[] bytes;
    private final String text;

    private Content(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }
  }

  /**
   * @param target followed through symbolic links when it is one
   */
  public PublishedFile(Path target, Checkpoints checkpoints) {
    this(target, checkpoints, StandardCharsets.UTF_8);
  }

  /**
   * @param charset of its text; ISO 8859-1 keeps every byte of a file that others wrote
   */
  public PublishedFile(Path target, Checkpoints checkpoints, Charset charset) {
    this(target, checkpoints, charset, Backups.NONE);
  }

  /**
   * @param backups what becomes of the versions before
   */
  public PublishedFile(Path target, Checkpoints checkpoints, Charset charset, Backups backups) {
    this.backups = backups;
    this.target = resolved(target);
    this.charset = charset;
    this.staged = Beside.named(this.target, "staged");
    this.previous = Beside.named(this.target, "previous");
    this.effects = new Effects(checkpoints);
  }

  /** The file itself, symbolic links resolved. */
  public Path target() {
    return target;
  }

  /**
   * What it holds now; absent when there is no such file. Bytes that are none of its character set
   * as U+FFFD. While the bytes are those that were last read or put in force, the text is the same
   * instance: what is known of a long text is then found again without reading through it.
   */
  public Optional<String> read() throws IOException {
    try {
      if (!holds(target, known.bytes)) {
        byte[] now = Files.readAllBytes(target);
        known = new Content(now, new String(now, charset));
      }
      return Optional.of(known.text);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the file has exactly these bytes; reads it piece by piece. */
  private static boolean holds(Path file, byte[] expected) throws IOException {
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      int have = 0;
      int n = in.readNBytes(piece, 0, PIECE);
      while (n > 0) {
        int end = have + n;
        if (end > expected.length || !Arrays.equals(expected, have, end, piece, 0, n)) {
          return false;
        }
        have = end;
        n = in.readNBytes(piece, 0, PIECE);
      }
      return have == expected.length;
    }
  }

  /** A swap that a killed Weir began and neither kept nor rolled back. */
  public Optional<Swap> unfinished() {
    return Files.exists(previous)
        ? Optional.of(new Swap(target, previous, effects, backups))
        : Optional.empty();
  }

  /**
   * Writes a new text beside the target, flushed to disk.
   *
   * @throws IllegalStateException while a swap is {@link #unfinished}
   * @throws IOException with nothing left behind; on a full disk, in a read-only folder, or when
   *     the target's owner cannot be kept
   */
  public StagedFile stage(String text) throws IOException {
    madeFrom = Optional.empty();
    return write(text);
  }

  /**
   * The same for a file that others write too: the text replaces only that from which it was made.
   *
   * @param former what the target held when the text was made
   * @throws IOException also when it holds something else by now, here and at the swap
   */
  public StagedFile stage(String text, String former) throws IOException {
    madeFrom = Optional.of(former.getBytes(charset));
    if (!holds(target, madeFrom.get())) {
      throw changed();
    }
    return write(text);
  }

  private IOException changed() {
    return new IOException(
        "%s was changed by somebody else meanwhile (expected: as it was looked at)"
            .formatted(target));
  }

  private StagedFile write(String text) throws IOException {
    if (Files.exists(previous)) {
      throw new IllegalStateException(
          "%s: its last swap is neither kept nor rolled back (expected: that first)"
              .formatted(target));
    }
    effects.before("stage");
    if (Mounts.isMountPoint(target)) {
      throw new IOException(
          "%s is mounted by itself and cannot be replaced in one step (expected: its folder mounted)"
              .formatted(target));
    }
    try {
      if (!Files.exists(target)) {
        Files.createFile(target, Ownership.readableByAll());
      }
      Files.deleteIfExists(staged);
      next = new Content(text.getBytes(charset), text);
      write(next.bytes);
      Ownership.copy(target, staged);
    } catch (IOException e) {
      discard(e);
      throw e;
    }
    return new StagedFile(this, effects);
  }

  Path stagedPath() {
    return staged;
  }

  Swap swapStaged() throws IOException {
    effects.before("record swap");
    linkOrCopy();
    Beside.flushFolder(target);
    Swap swap = new Swap(target, previous, effects, backups);
    try {
      effects.before("swap");
      if (differs(target)) {
        Files.delete(previous); // what is there now stays, whatever it is
        throw changed();
      }
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      if (differs(previous)) {
        throw changed(); // who wrote into the former file at this moment gets it back
      }
      Beside.flushFolder(target);
    } catch (IOException e) {
      undo(swap, e);
      throw e;
    }
    known = next;
    next = Content.NOTHING;
    return swap;
  }

  private boolean differs(Path file) throws IOException {
    return madeFrom.isPresent() && !holds(file, madeFrom.get());
  }

  private void write(byte[] content) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            staged,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Ownership.privateToOwner())) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /** Some file systems have no hard links; there the previous bytes cost their space again. */
  private void linkOrCopy() throws IOException {
    try {
      Files.createLink(previous, target);
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Path copy = Beside.named(target, "copy");
      Files.copy(
          target, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(copy, previous, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void discard(IOException cause) {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void undo(Swap swap, IOException cause) {
    try {
      if (Files.exists(swap.previous())) {
        swap.rollBack();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static Path resolved(Path target) {
    try {
      return target.toRealPath();
    } catch (IOException notThereYet) {
      return target.toAbsolutePath().normalize();
    }
  }
}
