package dev.weir.store.sqlite;

import dev.weir.model.FileContent;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of files that revisions share, each under the number of the first revision that has it.
 * It remembers each proxy's last texts, packed in pieces that begin with a line without
 * indentation, as sections do: of a text in which one section changed, only that one is packed
 * again. Used by the store's own thread.
 */
final class RevisionTexts {

  /** Smaller pieces would hardly be packed at all. */
  private static final int LEAST = 2048;

  private final Map<ProxyName, Map<Path, Keyed>> last = new HashMap<>();

  /** The texts of a revision, by file, in its order. */
  Map<Path, Keyed> of(Revision revision) {
    Map<Path, Keyed> former = last.getOrDefault(revision.proxy(), Map.of());
    Map<Path, Keyed> now = new LinkedHashMap<>();
    for (FileContent content : revision.files()) {
      String fresh = revision.number() + "." + now.size();
      Keyed known = former.get(content.file());
      now.put(
          content.file(),
          known == null
              ? new Keyed(fresh, content.text(), List.of())
              : known.becomes(fresh, content.text()));
    }
    last.put(revision.proxy(), now);
    return now;
  }

  /** A text and the key under which it is kept. */
  static final class Keyed {
    private final String key;
    private final String text;
    private final List<Piece> pieces;

    private Keyed(String key, String text, List<Piece> former) {
      this.key = key;
      this.text = text;
      this.pieces = packed(cut(text), former);
    }

    private Keyed becomes(String fresh, String now) {
      return now.equals(text) ? this : new Keyed(fresh, now, pieces);
    }

    String key() {
      return key;
    }

    /** What {@link Packed#unpack} makes the text of. */
    byte[] bytes() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      pieces.forEach(piece -> all.writeBytes(piece.bytes));
      return all.toByteArray();
    }
  }

  private static final class Piece {
    private final String text;
    private final byte[] bytes;

    private Piece(String text) {
      this.text = text;
      this.bytes = Packed.pack(text);
    }
  }

  /** What stays at the beginning and at the end is taken over. */
  private static List<Piece> packed(List<String> now, List<Piece> former) {
    int most = Math.min(now.size(), former.size());
    int front = 0;
    while (front < most && former.get(front).text.equals(now.get(front))) {
      front++;
    }
    int back = 0;
    while (back < most - front
        && former.get(former.size() - 1 - back).text.equals(now.get(now.size() - 1 - back))) {
      back++;
    }
    List<Piece> pieces = new ArrayList<>(former.subList(0, front));
    now.subList(front, now.size() - back).forEach(text -> pieces.add(new Piece(text)));
    pieces.addAll(former.subList(former.size() - back, former.size()));
    return List.copyOf(pieces);
  }

  private static List<String> cut(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    do {
      int to = beginning(text, from + LEAST);
      pieces.add(text.substring(from, to));
      from = to;
    } while (from < text.length());
    return pieces;
  }

  /** Where the first line at or behind a place begins that is not indented; else the end. */
  private static int beginning(String text, int behind) {
    int end = text.indexOf('\n', behind);
    while (end >= 0 && end + 1 < text.length()) {
      if (Character.isLetter(text.charAt(end + 1))) {
        return end + 1;
      }
      end = text.indexOf('\n', end + 1);
    }
    return text.length();
  }
}
