package dev.weir.kv.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the first document of a YAML or JSON text, with anchors, aliases and {@code <<}. */
final class YamlReader {

  private static final int DEEPEST = 64;
  private static final int LONGEST = 64 * 1024 * 1024;

  /** The parser copies what it has of a scalar with each buffer that it reads. */
  private static final int LARGEST_BUFFER = 4 * 1024 * 1024;

  private static final int SMALLEST_BUFFER = 16 * 1024;
  private static final String MERGE = "<<";

  private final Iterator<Event> events;
  private final Map<Anchor, YamlValue> anchored = new HashMap<>();

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * Reads a text.
   *
   * @throws YamlEngineException where it cannot be understood
   */
  static YamlValue read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(LONGEST)
            .setBufferSize(Math.clamp(text.length(), SMALLEST_BUFFER, LARGEST_BUFFER))
            .build();
    try {
      return new YamlReader(new Parse(settings).parseString(text).iterator()).document();
    } catch (IllegalArgumentException escape) {
      throw new YamlEngineException("an escape that stands for no character", escape);
    }
  }

  /** The first document, to its end; what comes behind it is not read. */
  private YamlValue document() {
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent) {
        YamlValue value = value(events.next(), 1);
        Event ignored = events.next();
        return value;
      }
    }
    return new YamlValue.Nothing();
  }

  private YamlValue value(Event event, int depth) {
    if (depth > DEEPEST) {
      throw wrong(event, "nested more than " + DEEPEST + " deep");
    }
    YamlValue value =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> listing(depth);
          case MappingStartEvent start -> mapping(depth);
          case AliasEvent alias -> aliased(alias);
          default -> throw wrong(event, "unexpected " + event.getEventId());
        };
    if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
      node.getAnchor().ifPresent(anchor -> anchored.put(anchor, value));
    }
    return value;
  }

  private static YamlValue scalar(ScalarEvent scalar) {
    boolean untyped = scalar.isPlain() && scalar.getTag().isEmpty();
    if (!untyped) {
      return new YamlValue.Text(scalar.getValue());
    }
    return ScalarText.of(scalar.getValue())
        .<YamlValue>map(YamlValue.Text::new)
        .orElseGet(YamlValue.Nothing::new);
  }

  private YamlValue listing(int depth) {
    List<YamlValue> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(value(event, depth + 1));
    }
    return new YamlValue.Listing(items);
  }

  private YamlValue mapping(int depth) {
    Map<String, YamlValue> own = new LinkedHashMap<>();
    Map<String, YamlValue> merged = new LinkedHashMap<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw wrong(event, "a key that is not a text");
      }
      YamlValue value = value(events.next(), depth + 1);
      if (key.isPlain() && key.getValue().equals(MERGE)) {
        merge(event, value).forEach(merged::putIfAbsent);
      } else {
        own.put(key.getValue(), value);
      }
    }
    merged.putAll(own);
    return new YamlValue.Mapping(merged);
  }

  private static Map<String, YamlValue> merge(Event event, YamlValue value) {
    return switch (value) {
      case YamlValue.Mapping mapping -> mapping.entries();
      case YamlValue.Listing listing -> {
        Map<String, YamlValue> all = new LinkedHashMap<>();
        listing.items().forEach(item -> merge(event, item).forEach(all::putIfAbsent));
        yield all;
      }
      case YamlValue.Text text -> throw wrong(event, "<< without a mapping");
      case YamlValue.Nothing nothing -> throw wrong(event, "<< without a mapping");
    };
  }

  private YamlValue aliased(AliasEvent alias) {
    YamlValue value = anchored.get(alias.getAlias());
    if (value == null) {
      throw wrong(
          alias, "*%s stands for nothing that is written before it".formatted(alias.getAlias()));
    }
    return value;
  }

  private static YamlEngineException wrong(Event event, String problem) {
    return new Wrong(problem, event);
  }

  /** A text that is YAML and nothing that can be taken. */
  private static final class Wrong extends MarkedYamlEngineException {
    private static final long serialVersionUID = 1L;

    private Wrong(String problem, Event event) {
      super(null, Optional.empty(), problem, event.getStartMark());
    }
  }
}
