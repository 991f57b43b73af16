package dev.weir.kv.etcd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The ranges of keys that a prefix stands for, as etcd is asked for them. No range is larger than
 * what it stands for, so that a role that grants exactly the prefix is enough.
 */
record KeyRanges(List<KeyRange> ranges) {

  KeyRanges {
    ranges = List.copyOf(ranges);
  }

  /**
   * One range.
   *
   * @param from the first key, in base64
   * @param to the first key after it, in base64; empty for a range of one key
   */
  record KeyRange(String from, String to) {}

  static KeyRanges of(String prefix) {
    List<KeyRange> ranges = new ArrayList<>();
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    if (!prefix.endsWith("/")) {
      ranges.add(new KeyRange(encoded(prefix), ""));
    }
    String end = folder.substring(0, folder.length() - 1) + (char) ('/' + 1);
    ranges.add(new KeyRange(encoded(folder), encoded(end)));
    return new KeyRanges(ranges);
  }

  private static String encoded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
