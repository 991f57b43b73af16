package dev.weir.driver.nginx;

import dev.weir.model.PoolKind;
import dev.weir.publish.EngineContainer;
import dev.weir.publish.ReloadWay;
import dev.weir.publish.SharedPaths;
import dev.weir.rendered.TemplateFile;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An nginx that Weir keeps in step.
 *
 * @param upstreams the file that Weir owns, included by the user's configuration inside {@code
 *     http}
 * @param stream the file that Weir owns inside {@code stream}; absent where it has none there
 * @param edit files of the user's, or patterns for them, in which upstreams are kept where they
 *     stand
 * @param template of the user's that the main configuration file is rendered from; then that file
 *     is the one that Weir owns
 * @param config the main configuration file
 * @param binary the program, for the test of a configuration
 * @param pid where nginx writes the process id of its master
 * @param confirm where nginx answers which content it runs: on loopback, or in the network of its
 *     container
 * @param reload how it is told to read its files again
 */
public record NginxOptions(
    Path upstreams,
    Optional<Path> stream,
    List<String> edit,
    Optional<Path> template,
    Path config,
    String binary,
    Path pid,
    Confirm confirm,
    Update update,
    ReloadWay reload) {

  private static final Path OWN_BESIDE_EDIT = Path.of("/etc/nginx/weir/weir.conf");
  private static final Confirm CONFIRM = Confirm.loopback("127.0.0.1:7781");

  /** How changes get into nginx. */
  public enum Update {
    /** Without a reload where that can be, for each pool by itself; else by a reload. */
    AUTO,
    /** The same; {@code weir check} calls it an error where a pool needs a reload. */
    LIVE,
    /** A reload. */
    RELOAD
  }

  private static final Shape.Key<Path> HTTP =
      Shape.Key.required("http", path(), "The file that is included inside http { }.");
  private static final Shape.Key<Path> STREAM =
      Shape.Key.optional(
          "stream",
          path(),
          "The file that is included inside stream { }, for pools of kind tcp and udp.");
  private static final Shape.Key<Own> UPSTREAMS =
      Shape.Key.optional(
          "upstreams",
          new Shape.Shorthand<>(
              HTTP,
              new Shape.Mapping<>(
                  "{ http: FILE, stream: FILE }",
                  List.of(HTTP, STREAM),
                  values -> new Own(values.get(HTTP), values.find(STREAM)))),
          "The file that Weir owns and the user's configuration includes inside http { }, or one"
              + " for http and one for stream; with edit, /etc/nginx/weir/weir.conf without it.");
  private static final Shape.Key<List<String>> EDIT =
      Shape.Key.defaulted(
          "edit",
          Shape.listOf(Shape.scalar("an absolute path or pattern", NginxOptions::pattern)),
          List.of(),
          "[]",
          "Files of the user's, or patterns for them: upstreams that stand there are kept there.");
  private static final Shape.Key<Path> TEMPLATE =
      Shape.Key.optional(
          "template",
          TemplateFile.SHAPE,
          "A template that config is rendered from as a whole, in the place of upstreams and"
              + " edit.");
  private static final Shape.Key<Path> CONFIGURATION =
      Shape.Key.defaulted(
          "config",
          path(),
          Path.of("/etc/nginx/nginx.conf"),
          "/etc/nginx/nginx.conf",
          "The main configuration file, for the test before each reload.");
  private static final Shape.Key<String> BINARY =
      Shape.Key.defaulted(
          "binary",
          Shape.text("a program"),
          "nginx",
          "nginx",
          "The nginx program, by name or path, for the test.");
  private static final Shape.Key<Path> PID =
      Shape.Key.defaulted(
          "pid",
          path(),
          Path.of("/run/nginx.pid"),
          "/run/nginx.pid",
          "The file with the process id of nginx's master, as its pid directive says.");
  private static final Shape.Key<Confirm> CONFIRM_AT =
      Shape.Key.defaulted(
          "confirm",
          Confirm.SHAPE,
          CONFIRM,
          "127.0.0.1:7781",
          "Where nginx answers which content it runs; its port, at other loopback addresses, also"
              + " answers for empty pools. In a container with a network of its own, where it"
              + " listens there and where Weir reaches that.");
  private static final Shape.Key<Update> UPDATE =
      Shape.Key.defaulted(
          "update",
          Shape.choice(Update.class),
          Update.AUTO,
          "auto",
          "How changes of members get into nginx: live without a reload, by nginx's Lua module;"
              + " auto picks live for each pool where it can.");
  private static final Shape.Key<ReloadWay> RELOAD =
      Shape.Key.defaulted(
          "reload",
          ReloadWay.SHAPE,
          new ReloadWay.Signal(),
          "signal",
          "How nginx is told to reload: SIGHUP to its master, a unit of systemd, a command, or"
              + " SIGHUP to a container.");

  static final Shape<NginxOptions> SHAPE =
      new Shape.Mapping<>(
          "the files of an nginx",
          List.of(
              UPSTREAMS, EDIT, TEMPLATE, CONFIGURATION, BINARY, PID, CONFIRM_AT, UPDATE, RELOAD),
          values -> {
            Own own = own(values);
            return new NginxOptions(
                own.http(),
                own.stream(),
                values.get(EDIT),
                values.find(TEMPLATE),
                values.get(CONFIGURATION),
                values.get(BINARY),
                values.get(PID),
                values.get(CONFIRM_AT),
                values.get(UPDATE),
                values.get(RELOAD));
          });

  public NginxOptions {
    edit = List.copyOf(edit);
    if (stream.equals(Optional.of(upstreams))) {
      throw new IllegalArgumentException(
          "stream: %s (expected: another file than for http)".formatted(upstreams));
    }
    if (confirm.isOpen() && !(reload instanceof ReloadWay.Container)) {
      throw new IllegalArgumentException(
          "confirm: %s (expected: an address of 127.0.0.0/8; only an nginx in a container may listen"
                  .formatted(confirm.listen())
              + " elsewhere)");
    }
    if (confirm.isOpen() && stream.isPresent()) {
      throw new IllegalArgumentException(
          "stream: %s (expected: none; in a network of its own nginx confirms only what is in http)"
              .formatted(stream.get()));
    }
    if (template.isPresent() && update == Update.LIVE) {
      throw new IllegalArgumentException(
          "update: live (expected: auto or reload; nginx takes a rendered file by a reload)");
    }
  }

  /** The files that Weir owns. */
  private record Own(Path http, Optional<Path> stream) {}

  /** The container that it runs in; absent where it runs beside Weir. */
  Optional<EngineContainer> container() {
    return reload instanceof ReloadWay.Container way
        ? Optional.of(way.container())
        : Optional.empty();
  }

  /** Where it sees the files that lie here. */
  SharedPaths paths() {
    return reload instanceof ReloadWay.Container way ? way.paths() : SharedPaths.SAME;
  }

  /** The files that Weir owns, that of {@code http} first. */
  List<Path> owned() {
    return Stream.concat(Stream.of(upstreams), stream.stream()).toList();
  }

  /** Why there is no place for pools of this kind; empty where there is one, or may be. */
  Optional<String> refusal(PoolKind kind) {
    boolean place = stream.isPresent() || !edit.isEmpty() || template.isPresent();
    return kind == PoolKind.HTTP || place
        ? Optional.empty()
        : Optional.of(
            "kind %s stands in nginx's stream (expected: also a file for it, upstreams: { http: %s,"
                    .formatted(kind.word(), upstreams)
                + " stream: FILE })");
  }

  private static Own own(Values values) {
    Optional<Own> upstreams = values.find(UPSTREAMS);
    List<String> edit = values.get(EDIT);
    if (values.find(TEMPLATE).isPresent()) {
      if (upstreams.isPresent() || !edit.isEmpty()) {
        throw new IllegalArgumentException(
            "template beside upstreams or edit (expected: it alone; it writes the whole file)");
      }
      return new Own(values.get(CONFIGURATION), Optional.empty());
    }
    if (upstreams.isEmpty() && edit.isEmpty()) {
      throw new IllegalArgumentException(
          "where the upstreams stand is missing (expected: upstreams, edit, both, or template)");
    }
    return upstreams.orElse(new Own(OWN_BESIDE_EDIT, Optional.empty()));
  }

  private static String pattern(String text) {
    if (!text.matches("/[A-Za-z0-9_./@:+*?\\[\\]!^-]+")) {
      throw new IllegalArgumentException("not an absolute path or pattern");
    }
    return text;
  }

  private static Shape<Path> path() {
    return Shape.scalar(
        "an absolute path without blanks",
        text -> {
          if (!text.matches("/[A-Za-z0-9_./@:+-]+")) {
            throw new IllegalArgumentException("not a plain absolute path");
          }
          return Path.of(text);
        });
  }
}
