package dev.weir.probe.http;

import dev.weir.spi.Transcript;
import dev.weir.spi.Transcript.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a member says, taken down line by line as it is read: its beginning, for people. */
final class HeardStream extends InputStream {

  private static final int MOST = 4 << 10;

  private final InputStream in;
  private final Transcript transcript;
  private final StringBuilder line = new StringBuilder();
  private int taken;

  HeardStream(InputStream in, Transcript transcript) {
    this.in = in;
    this.transcript = transcript;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    int room = Math.min(Math.max(count, 0), MOST - taken);
    taken += room;
    for (char c : new String(into, offset, room, StandardCharsets.UTF_8).toCharArray()) {
      if (c == '\n') {
        end();
      } else {
        line.append(c);
      }
    }
    if (room > 0 && taken == MOST) {
      transcript.note("hears more, which is not shown");
    }
    return count;
  }

  /** What was said last may have no end of line. */
  void rest() {
    if (!line.isEmpty()) {
      end();
    }
  }

  private void end() {
    transcript.line(Voice.RECEIVED, line.toString().stripTrailing());
    line.setLength(0);
  }
}
