package dev.weir.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A checksum over the texts of a row: SQLite notices a broken page, but not a changed letter. */
final class Sum {

  private Sum() {}

  static long of(String... texts) {
    CRC32C crc = new CRC32C();
    for (String text : texts) {
      crc.update(text.getBytes(StandardCharsets.UTF_8));
      crc.update(0);
    }
    return crc.getValue();
  }
}
