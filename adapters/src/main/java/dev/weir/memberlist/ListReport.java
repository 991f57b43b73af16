package dev.weir.memberlist;

import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.model.SourceReport.Unavailable;
import dev.weir.spi.SourceType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Makes a source's report of a text that lists members, wherever the text comes from. */
public final class ListReport {

  /** The most bytes that are read of a list. */
  public static final int LARGEST = 64 * 1024 * 1024;

  private ListReport() {}

  /**
   * The report that these bytes are; {@code Unavailable} when they cannot be understood in full.
   *
   * @param place what problems name as their place
   * @param bytes at most one more than {@link #LARGEST}, which is one too many
   */
  public static SourceReport of(String place, byte[] bytes, SourceType.Context context) {
    if (bytes.length > LARGEST) {
      return new Unavailable("%s: more than %d MiB".formatted(place, LARGEST / 1024 / 1024));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return of(place, text, context);
    } catch (CharacterCodingException notText) {
      return new Unavailable(place + ": not a text in UTF-8");
    }
  }

  /**
   * The report that this text is; {@code Unavailable} when it cannot be understood in full.
   *
   * @param place what problems name as their place
   */
  public static SourceReport of(String place, String text, SourceType.Context context) {
    return switch (MemberList.parse(place, text)) {
      case MemberList.Read read ->
          Complete.of(
              read.entries().stream()
                  .map(entry -> entry.member(context.pool(), context.name()))
                  .toList());
      case MemberList.Unreadable unreadable -> new Unavailable(unreadable.reason());
    };
  }
}
