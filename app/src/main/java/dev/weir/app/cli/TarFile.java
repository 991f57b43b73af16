package dev.weir.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes files one after the other into an archive that {@code tar} reads. Used by one thread. */
final class TarFile implements AutoCloseable {

  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int CHECKSUM = 148;

  private final OutputStream out;
  private final Instant time;

  /**
   * @param out closed with this
   * @param time of all files
   */
  TarFile(OutputStream out, Instant time) {
    this.out = out;
    this.time = time;
  }

  /** Adds a file that its owner may read and write. */
  void add(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    out.write(header(name, content.length));
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private byte[] header(String name, int size) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_NAME) {
      throw new IOException(
          "%s: a name of %d bytes (expected: at most %d)"
              .formatted(name, bytes.length, LONGEST_NAME));
    }
    ByteBuffer header = ByteBuffer.allocate(BLOCK);
    put(header, 0, bytes);
    put(header, 100, "0000600\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "%011o\0".formatted(time.getEpochSecond()));
    put(header, CHECKSUM, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header.array()) {
      sum += b & 0xff;
    }
    put(header, CHECKSUM, "%06o\0 ".formatted(sum));
    return header.array();
  }

  private static void put(ByteBuffer header, int at, String text) {
    put(header, at, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void put(ByteBuffer header, int at, byte[] bytes) {
    var _ = header.put(at, bytes);
  }

  /** Two empty blocks are the end. */
  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.close();
  }
}
