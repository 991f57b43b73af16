package dev.weir.memberlist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes pieces of a YAML or JSON text. It reads the parser's events, which come without recursion,
 * and goes no deeper than a list of members can, so that no text can exhaust the stack; aliases,
 * with which a small text can stand for a huge one, are refused.
 */
final class PieceReader {

  private static final int DEEPEST = 8;
  private static final int LONGEST = 64 * 1024 * 1024;

  /**
   * The parser reads a buffer at a time and copies all that it has of a scalar each time: with
   * small buffers a scalar of 5 MB costs seconds.
   */
  private static final int LARGEST_BUFFER = 4 * 1024 * 1024;

  private static final int USUAL_BUFFER = 16 * 1024;

  /** Made once: making settings costs more than reading a short list. */
  private static final LoadSettings USUAL = settings(USUAL_BUFFER);

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final Iterator<Event> events;

  private PieceReader(Iterator<Event> events) {
    this.events = events;
  }

  /** Where a text stops being what can be read; the line is 0 when it concerns all of it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    Malformed(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /**
   * Reads the one document of a text.
   *
   * @return absent when there is none
   */
  static Optional<Piece> read(String text) throws Malformed {
    LoadSettings settings = text.length() <= USUAL_BUFFER ? USUAL : settings(text.length());
    try {
      return new PieceReader(new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException wrong) {
      int line = wrong.getProblemMark().map(PieceReader::line).orElse(0);
      throw new Malformed(line, "not YAML or JSON: " + wrong.getProblem());
    } catch (YamlEngineException wrong) {
      throw new Malformed(0, "not YAML or JSON: " + firstLine(wrong));
    } catch (IllegalArgumentException escape) {
      throw new Malformed(0, "not YAML or JSON: an escape that stands for no character");
    }
  }

  private static LoadSettings settings(int buffer) {
    return LoadSettings.builder()
        .setCodePointLimit(LONGEST)
        .setBufferSize(Math.min(buffer, LARGEST_BUFFER))
        .build();
  }

  private Optional<Piece> document() throws Malformed {
    Optional<Piece> found = Optional.empty();
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent start) {
        if (found.isPresent()) {
          throw new Malformed(line(start), "a second document (expected: one)");
        }
        found = Optional.of(piece(events.next(), 1));
      }
    }
    return found;
  }

  private Piece piece(Event event, int depth) throws Malformed {
    int line = line(event);
    if (depth > DEEPEST) {
      throw new Malformed(line, "nested too deeply for a list of members");
    }
    return switch (event) {
      case ScalarEvent scalar when scalar.isPlain() && NULLS.contains(scalar.getValue()) ->
          new Piece.Nothing(line);
      case ScalarEvent scalar -> new Piece.Text(line, scalar.getValue());
      case SequenceStartEvent start -> new Piece.Items(line, items(depth));
      case MappingStartEvent start -> new Piece.Entries(line, entries(depth));
      case AliasEvent alias ->
          throw new Malformed(line, "*" + alias.getAlias() + ": aliases are not taken here");
      default -> throw new Malformed(line, "unexpected " + event.getEventId());
    };
  }

  private List<Piece> items(int depth) throws Malformed {
    List<Piece> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(piece(event, depth + 1));
    }
    return items;
  }

  private List<Piece.Entry> entries(int depth) throws Malformed {
    List<Piece.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      int line = line(event);
      if (!(event instanceof ScalarEvent key)) {
        throw new Malformed(line, "a key that is not a text");
      }
      if (!keys.add(key.getValue())) {
        throw new Malformed(line, key.getValue() + " a second time in one mapping");
      }
      entries.add(new Piece.Entry(line, key.getValue(), piece(events.next(), depth + 1)));
    }
    return entries;
  }

  private static int line(Event event) {
    return event.getStartMark().map(PieceReader::line).orElse(0);
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static String firstLine(YamlEngineException wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
