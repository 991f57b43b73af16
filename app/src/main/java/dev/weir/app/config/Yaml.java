package dev.weir.app.config;

import dev.weir.model.Quoted;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 text into a {@link Tree}; used once per file. */
final class Yaml {

  /** Far above any real configuration; stops aliases that multiply. */
  private static final int MOST_NODES = 2_000_000;

  private final Path file;
  private final Problems problems;
  private final Deque<Node> open = new ArrayDeque<>();
  private int nodes;

  private Yaml(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The tree of one file; absent where there is none to speak of, with the problem noted. */
  static Optional<Tree> read(Path file, String text, Problems problems) {
    return new Yaml(file, problems).read(text);
  }

  private Optional<Tree> read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setUseMarks(true)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(64 * 1024 * 1024)
            .build();
    try {
      Optional<Node> root =
          new Composer(settings, new ShallowParser(settings, text)).getSingleNode();
      if (root.isEmpty()) {
        problems.add(new Place(file, 1, 1), "", "the file is empty (expected: a mapping)");
      }
      return root.map(this::convert);
    } catch (MarkedYamlEngineException e) {
      Place at = e.getProblemMark().map(this::place).orElse(new Place(file, 1, 1));
      String context = e.getContext() == null ? "" : " " + e.getContext();
      problems.add(at, "", "not YAML: %s%s".formatted(e.getProblem(), context));
    } catch (TooMuch e) {
      problems.add(new Place(file, 1, 1), "", "more than %d values".formatted(MOST_NODES));
    } catch (YamlEngineException e) {
      problems.add(
          new Place(file, 1, 1), "", "not YAML: " + firstLine(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private Tree convert(Node node) {
    if (++nodes > MOST_NODES) {
      throw new TooMuch();
    }
    Place place = node.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
    if (open.contains(node)) {
      problems.add(place, "", "an alias inside of what it stands for");
      return new Tree.Nothing(place);
    }
    open.push(node);
    try {
      return switch (node) {
        case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new Tree.Nothing(place);
        case ScalarNode scalar -> new Tree.Text(place, scalar.getValue());
        case SequenceNode list -> items(place, list);
        case MappingNode mapping -> entries(place, mapping);
        case AnchorNode anchor -> convert(anchor.getRealNode());
        default -> throw new IllegalStateException("node " + node.getNodeType());
      };
    } finally {
      open.pop();
    }
  }

  private Tree items(Place place, SequenceNode list) {
    List<Tree> items = new ArrayList<>();
    list.getValue().forEach(item -> items.add(convert(item)));
    return new Tree.Items(place, items);
  }

  private Tree entries(Place place, MappingNode mapping) {
    Map<String, Tree.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Tree key = convert(tuple.getKeyNode());
      Tree value = convert(tuple.getValueNode());
      if (!(key instanceof Tree.Text text)) {
        problems.add(key.place(), "", "%s as a key (expected: a word)".formatted(key.shown()));
        continue;
      }
      Tree.Entry entry = new Tree.Entry(key.place(), text.value(), value);
      Tree.Entry former = entries.putIfAbsent(text.value(), entry);
      if (former != null) {
        problems.add(
            key.place(),
            "",
            "%s is there twice, first at %s (expected: once)"
                .formatted(Quoted.of(text.value()), former.place()));
      }
    }
    return new Tree.Entries(place, List.copyOf(entries.values()));
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
