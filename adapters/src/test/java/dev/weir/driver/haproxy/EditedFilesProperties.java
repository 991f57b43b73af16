package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Plans.API;
import static dev.weir.driver.haproxy.Plans.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.haproxyconf.ConfText;
import dev.weir.haproxyconf.Section;
import dev.weir.haproxyconf.Server;
import dev.weir.model.Endpoint;
import dev.weir.testkit.contract.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any file, any members: the members come out, and all else stays. */
class EditedFilesProperties {

  private static final int ADDRESSES = 6;

  /** A line, and whether it is a server that Weir may keep. */
  record Written(String text, Optional<Endpoint> keeps) {}

  /** A member. */
  record Want(int address, String state, int weight) {}

  @Property(tries = 200)
  void all_but_servers_of_members_stays_byte_for_byte(
      @ForAll("files") List<Written> lines, @ForAll("wants") List<Want> wants) throws IOException {
    String text = text(lines);
    String edited = edited(text, wants);
    Set<Endpoint> members =
        wants.stream().map(want -> ip(want.address())).collect(Collectors.toSet());
    List<String> stay =
        lines.stream()
            .filter(line -> !(line.keeps().isPresent() && isOurs(line, members)))
            .flatMap(line -> line.text().lines())
            .map(line -> line + "\n")
            .collect(Collectors.toCollection(ArrayList::new));
    stay.addAll(0, List.of("global\n", "backend be_api\n"));
    List<String> left = new ArrayList<>(edited.lines().map(line -> line + "\n").toList());
    left.removeIf(line -> line.contains("# weir") && !stay.contains(line));
    assertThat(left).isEqualTo(stay);
  }

  /** Marked, or of a member's address. */
  private static boolean isOurs(Written line, Set<Endpoint> members) {
    return line.text().contains("# weir") || members.contains(line.keeps().orElseThrow());
  }

  @Property(tries = 200)
  void every_member_has_one_line_that_says_what_it_shall(
      @ForAll("files") List<Written> lines, @ForAll("wants") List<Want> wants) throws IOException {
    Section section = ConfText.parse(edited(text(lines), wants)).sections().getLast();
    String text = edited(text(lines), wants);
    Set<String> names = new HashSet<>();
    for (Server server : section.servers()) {
      assertThat(names.add(server.name().text())).as(text).isTrue();
    }
    for (Want want : wants) {
      List<ServerLine> own =
          section.servers().stream()
              .map(server -> EditedServer.of(server, text, Inherited.NOTHING))
              .filter(EditedServer::isMarked)
              .flatMap(server -> server.said().stream())
              .filter(line -> line.endpoint().equals(ip(want.address())))
              .toList();
      assertThat(own).as(text).hasSize(1);
      assertThat(own.getFirst().state().word()).as(text).isEqualTo(want.state());
      assertThat(own.getFirst().weight()).as(text).isEqualTo(weight(want));
    }
  }

  @Property(tries = 200)
  void what_was_written_is_not_changed_again(
      @ForAll("files") List<Written> lines, @ForAll("wants") List<Want> wants) throws IOException {
    String once = edited(text(lines), wants);
    assertThat(edited(once, wants)).isEqualTo(once);
  }

  /** The contract's states: a member that is out has the weight 1. */
  private static int weight(Want want) {
    return want.state().equals("ready") ? want.weight() : 1;
  }

  private static String text(List<Written> lines) {
    return "global\nbackend be_api\n"
        + lines.stream().map(Written::text).collect(Collectors.joining());
  }

  private static String edited(String text, List<Want> wants) throws IOException {
    Wanted pool = Wanted.pool(API);
    for (Want want : wants) {
      String name = "m" + want.address();
      switch (want.state()) {
        case "ready" -> pool.ready(name, ip(want.address()), want.weight());
        case "drain" -> pool.drain(name, ip(want.address()));
        default -> pool.maint(name, ip(want.address()));
      }
    }
    Path folder = Files.createTempDirectory("edit");
    try {
      return new Editor(folder, "").edited(text, pool);
    } finally {
      Files.delete(folder.resolve("haproxy.cfg"));
      Files.delete(folder);
    }
  }

  @Provide
  Arbitrary<List<Want>> wants() {
    return Combinators.combine(
            Arbitraries.integers().between(1, ADDRESSES),
            Arbitraries.of("ready", "drain", "maint"),
            Arbitraries.integers().between(1, 256))
        .as(Want::new)
        .list()
        .uniqueElements(Want::address)
        .ofMaxSize(ADDRESSES);
  }

  @Provide
  Arbitrary<List<Written>> files() {
    Arbitrary<Written> other =
        Arbitraries.of(
                "\n",
                "  # a comment # weird\n",
                "\tbalance  roundrobin # \"\n",
                "  http-request deny if { path -m str 'a # b' }\n",
                "  server h host.example:80 check\n",
                ".if 1\n  server c 10.0.0.1:80\n.endif\n",
                "  server v \"$HOST\":80 # weir\n")
            .map(text -> new Written(text, Optional.empty()));
    return Arbitraries.frequencyOf(Tuple.of(1, other), Tuple.of(2, servers()))
        .list()
        .ofMaxSize(8)
        .uniqueElements(EditedFilesProperties::identity);
  }

  /** No two servers of one name or address. */
  private static Object identity(Written line) {
    return line.keeps().<Object>map(at -> at).orElse(line.text());
  }

  private static Arbitrary<Written> servers() {
    Arbitrary<String> parameters =
        Arbitraries.of(
                "check",
                "weight 7",
                "backup",
                "disabled",
                "inter  2s",
                "observe 'layer7'",
                "enabled")
            .list()
            .uniqueElements()
            .ofMaxSize(4)
            .map(words -> words.stream().map(w -> " " + w).collect(Collectors.joining("\t")));
    return Combinators.combine(
            Arbitraries.integers().between(1, ADDRESSES + 2),
            parameters,
            Arbitraries.of("", " # weir", "   # weir: drain # theirs", " # theirs", "\t"),
            Arbitraries.of("  ", "\t", ""))
        .as((address, words, remark, indent) ->
            new Written(
                "%sserver s%d  10.0.0.%d:80%s%s\n"
                    .formatted(indent, address, address, words, remark),
                Optional.of(ip(address))));
  }
}
