package dev.weir.app.config;

import dev.weir.model.Address;
import dev.weir.model.PoolKind;
import dev.weir.spi.Probe;
import dev.weir.spi.ProbeType;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.util.List;
import java.util.Optional;

/** Kinds with every form of option, none of which can be opened. */
final class SampleKinds {

  static final Kinds ALL =
      new Kinds(
          List.of(new ListSource(), new LabelSource()),
          List.of(new PathProbe(), new PlainProbe()),
          List.of(new LineProxy("nginx"), new LineProxy("haproxy")));

  private SampleKinds() {}

  static final class ListSource implements SourceType<List<Address>> {
    @Override
    public String name() {
      return "static";
    }

    @Override
    public Shape<List<Address>> options() {
      return Shape.listOf(Shape.scalar("an address", Address::parse));
    }

    @Override
    public Source open(List<Address> options, SourceType.Context context) {
      throw new UnsupportedOperationException();
    }
  }

  static final class LabelSource implements SourceType<LabelSource.LabelOptions> {

    record LabelOptions(String label, Optional<Integer> port) {}

    private static final Shape.Key<String> LABEL =
        Shape.Key.required("label", Shape.text("LABEL=VALUE"), "A label.");
    private static final Shape.Key<Integer> PORT =
        Shape.Key.optional("port", Shape.integer(1, 65535), "A port.");

    @Override
    public String name() {
      return "docker";
    }

    @Override
    public Shape<LabelOptions> options() {
      return new Shape.Mapping<>(
          "label and port",
          List.of(LABEL, PORT),
          values -> new LabelOptions(values.get(LABEL), values.find(PORT)));
    }

    @Override
    public Source open(LabelOptions options, SourceType.Context context) {
      throw new UnsupportedOperationException();
    }
  }

  static final class PathProbe implements ProbeType<PathProbe.PathOptions> {

    record PathOptions(String path, Optional<String> host) {}

    private static final Shape.Key<String> PATH =
        Shape.Key.defaulted("path", Shape.text("a path"), "/", "/", "The path.");
    private static final Shape.Key<String> HOST =
        Shape.Key.optional("host", Shape.text("a host"), "The host.");

    @Override
    public String name() {
      return "http";
    }

    @Override
    public Shape<PathOptions> options() {
      return new Shape.Shorthand<>(
          PATH,
          new Shape.Mapping<>(
              "path and host",
              List.of(PATH, HOST),
              values -> new PathOptions(values.get(PATH), values.find(HOST))));
    }

    @Override
    public Probe open(PathOptions options, Time time) {
      throw new UnsupportedOperationException();
    }
  }

  static final class PlainProbe implements ProbeType<PlainProbe.PortOptions> {

    record PortOptions(Optional<Integer> port) {}

    private static final Shape.Key<Integer> PORT =
        Shape.Key.optional("port", Shape.integer(1, 65535), "Another port.");

    @Override
    public String name() {
      return "tcp";
    }

    @Override
    public Shape<PortOptions> options() {
      return new Shape.Mapping<>(
          "port", List.of(PORT), values -> new PortOptions(values.find(PORT)));
    }

    @Override
    public Probe open(PortOptions options, Time time) {
      throw new UnsupportedOperationException();
    }
  }

  record LineProxy(String name) implements ProxyDriverType<String, LineProxy.Around> {

    @Override
    public boolean checksMembers() {
      return name.equals("haproxy");
    }

    record Around(List<String> directives, String server) {}

    private static final Shape.Key<String> FILE =
        Shape.Key.required("file", Shape.text("a file"), "The file it owns.");
    private static final Shape.Key<List<String>> DIRECTIVES =
        Shape.Key.defaulted(
            "directives", Shape.listOf(Shape.text("a line")), List.of(), "[]", "Lines.");
    private static final Shape.Key<String> SERVER =
        Shape.Key.defaulted("server", Shape.text("parameters"), "", "''", "Parameters.");

    @Override
    public Shape<String> options() {
      return new Shape.Mapping<>("file", List.of(FILE), values -> values.get(FILE));
    }

    @Override
    public Shape<Around> surroundings() {
      return new Shape.Mapping<>(
          "directives and server",
          List.of(DIRECTIVES, SERVER),
          values -> new Around(values.get(DIRECTIVES), values.get(SERVER)));
    }

    @Override
    public Around defaultSurroundings() {
      return new Around(List.of(), "");
    }

    @Override
    public List<String> owned(String options) {
      return List.of("file " + options);
    }

    @Override
    public Optional<String> refusal(String options, PoolKind kind) {
      return kind == PoolKind.UDP
          ? Optional.of("no datagrams in %s (expected: http)".formatted(options))
          : Optional.empty();
    }

    @Override
    public ProxyDriver open(String options, ProxyDriverType.Context<Around> context) {
      throw new UnsupportedOperationException();
    }
  }
}
