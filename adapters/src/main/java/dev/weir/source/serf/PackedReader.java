package dev.weir.source.serf;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads MessagePack. Sizes are believed only as far as they can be true of an agent, so that no
 * answer can exhaust the memory.
 */
final class PackedReader {

  private static final int DEEPEST = 8;
  private static final int MOST_ITEMS = 200_000;
  private static final int LONGEST = 1024 * 1024;

  private final MessageUnpacker unpacker;

  PackedReader(InputStream stream) {
    unpacker = MessagePack.newDefaultUnpacker(stream);
  }

  /** Waits until there is something to read; false when the stream has ended. */
  boolean more() throws IOException {
    return unpacker.hasNext();
  }

  /**
   * Reads one value.
   *
   * @throws IOException when it is none, or larger than any of an agent's
   */
  Packed read() throws IOException {
    try {
      return read(1);
    } catch (MessagePackException wrong) {
      throw new IOException("not what a Serf agent says: " + wrong.getMessage(), wrong);
    }
  }

  private Packed read(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("not what a Serf agent says: nested too deeply");
    }
    return switch (unpacker.getNextFormat().getValueType()) {
      case INTEGER -> new Packed.Whole(unpacker.unpackBigInteger().longValue());
      case STRING ->
          new Packed.Bytes(
              unpacker.readPayload(bounded(unpacker.unpackRawStringHeader(), LONGEST)));
      case BINARY ->
          new Packed.Bytes(unpacker.readPayload(bounded(unpacker.unpackBinaryHeader(), LONGEST)));
      case ARRAY -> items(depth);
      case MAP -> entries(depth);
      case NIL, BOOLEAN, FLOAT, EXTENSION -> {
        unpacker.skipValue();
        yield new Packed.Other();
      }
    };
  }

  private Packed items(int depth) throws IOException {
    int count = bounded(unpacker.unpackArrayHeader(), MOST_ITEMS);
    List<Packed> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(read(depth + 1));
    }
    return new Packed.Items(items);
  }

  private Packed entries(int depth) throws IOException {
    int count = bounded(unpacker.unpackMapHeader(), MOST_ITEMS);
    Map<String, Packed> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String key = read(depth + 1).asText();
      entries.put(key, read(depth + 1));
    }
    return new Packed.Entries(entries);
  }

  private static int bounded(int size, int most) throws IOException {
    if (size < 0 || size > most) {
      throw new IOException(
          "not what a Serf agent says: a size of %d (expected: at most %d)".formatted(size, most));
    }
    return size;
  }
}
