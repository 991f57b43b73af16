package dev.weir.source.docker;

import dev.weir.model.Address;
import dev.weir.net.HttpTarget;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.PatternSyntaxException;

/** The {@code docker} source: members that are containers of a Docker Engine. */
public final class DockerSourceType implements SourceType<DockerSourceType.Options> {

  /** Labels that a container must have. */
  public static final Shape.Key<List<String>> LABEL =
      Shape.Key.defaulted(
          "label",
          new Shape.Either<>(
              "KEY, KEY=VALUE, or a list of them",
              List.of(
                  Shape.scalar("KEY or KEY=VALUE", DockerSourceType::label).map(List::of),
                  Shape.listOf(Shape.scalar("KEY or KEY=VALUE", DockerSourceType::label)))),
          List.of(),
          "[]",
          "Takes containers with this label, `KEY` or `KEY=VALUE`; of a list, with all of them.");

  /** The name that a container must have. */
  public static final Shape.Key<NameRule> NAME =
      Shape.Key.optional(
          "name",
          Shape.scalar("a regular expression", DockerSourceType::pattern),
          "Takes containers whose whole name, without the slash in front, matches this regular"
              + " expression.");

  /** The image that a container must run. */
  public static final Shape.Key<String> IMAGE =
      Shape.Key.optional(
          "image",
          Shape.text("the name of an image"),
          "Takes containers of this image; without a tag, of any tag.");

  /** The port that the container listens on. */
  public static final Shape.Key<Integer> PORT =
      Shape.Key.optional(
          "port",
          Shape.integer(1, 65535),
          "The port inside the container; may be left out where a container has only one that can"
              + " be meant.");

  /** Which way leads to a container. */
  public static final Shape.Key<Reach> ADDRESS =
      Shape.Key.defaulted(
          "address",
          Shape.choice(Reach.class),
          Reach.PUBLISHED,
          "published",
          "Where members are reached: `published` on the engine's machine, or `container` in one of"
              + " its networks; never the one in place of the other.");

  /** The network of the container's address. */
  public static final Shape.Key<String> NETWORK =
      Shape.Key.optional(
          "network",
          Shape.text("the name of a network"),
          "With `address: container`, the network; may be left out where a container is in only"
              + " one.");

  /** What stands for all addresses of the machine. */
  public static final Shape.Key<String> HOST =
      Shape.Key.defaulted(
          "host",
          Shape.scalar("an IP or a host name", text -> Address.of(text, 1).host()),
          "127.0.0.1",
          "127.0.0.1",
          "With `address: published`, what stands for a port that is published on all addresses; for"
              + " an engine on another machine, that machine unless something else is written.");

  private static final Shape<Options> OPTIONS =
      new Shape.Mapping<>(
          "a mapping with label, name or image",
          withEngine(List.of(LABEL, NAME, IMAGE, PORT, ADDRESS, NETWORK, HOST)),
          DockerSourceType::options);

  /** Which way leads to a container. */
  public enum Reach {
    /** A port that the engine publishes. */
    PUBLISHED,
    /** The container's own address. */
    CONTAINER
  }

  /**
   * What it is told.
   *
   * @param selection which containers
   * @param addressing where they are reached
   * @param engine whose containers
   */
  public record Options(Selection selection, Addressing addressing, HttpTarget engine) {}

  private final Engines engines;

  public DockerSourceType() {
    this(Pace.USUAL);
  }

  DockerSourceType(Pace pace) {
    this.engines = new Engines(pace);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Shape<Options> options() {
    return OPTIONS;
  }

  @Override
  public List<Shape.Key<?>> connection() {
    return EngineKeys.ALL;
  }

  /** These keys, and those that say where the engine is. */
  static List<Shape.Key<?>> withEngine(List<Shape.Key<?>> keys) {
    List<Shape.Key<?>> all = new ArrayList<>(List.of(AT));
    all.addAll(keys);
    all.addAll(EngineKeys.ALL);
    return all;
  }

  /**
   * Whether they are reached through published ports, which Docker's own proxy accepts for them.
   */
  @Override
  public boolean connectsInVain(Options options) {
    return options.addressing() instanceof Addressing.Published;
  }

  @Override
  public Optional<PoolSearch<?, Options>> search() {
    return Optional.of(new LabelSearch(engines));
  }

  @Override
  public Source open(Options options, Context context) {
    return new DockerSource(options, context, engines);
  }

  private static Options options(Values values) {
    return options(new Selection(values.get(LABEL), values.find(NAME), values.find(IMAGE)), values);
  }

  /** Those of this selection, and what else the values say. */
  static Options options(Selection selection, Values values) {
    HttpTarget engine = EngineKeys.target(values);
    return new Options(selection, addressing(values, engine), engine);
  }

  private static Addressing addressing(Values values, HttpTarget engine) {
    OptionalInt port = values.find(PORT).map(OptionalInt::of).orElse(OptionalInt.empty());
    return switch (values.get(ADDRESS)) {
      case PUBLISHED -> {
        refuse(values, NETWORK, "address: container");
        Optional<String> machine =
            values.written(HOST) ? Optional.empty() : EngineKeys.machine(engine);
        yield new Addressing.Published(port, machine.orElse(values.get(HOST)));
      }
      case CONTAINER -> {
        refuse(values, HOST, "address: published");
        yield new Addressing.Inside(port, values.find(NETWORK));
      }
    };
  }

  private static void refuse(Values values, Shape.Key<?> key, String goesWith) {
    if (values.written(key)) {
      throw new IllegalArgumentException(
          "%s has no meaning here (expected: only with %s)".formatted(key.name(), goesWith));
    }
  }

  static String label(String text) {
    if (text.isEmpty() || text.startsWith("=")) {
      throw new IllegalArgumentException("a label without a key");
    }
    return text;
  }

  private static NameRule pattern(String text) {
    try {
      return new NameRule(text);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getDescription(), wrong);
    }
  }
}
