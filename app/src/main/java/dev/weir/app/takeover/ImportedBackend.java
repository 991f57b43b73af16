package dev.weir.app.takeover;

import dev.weir.haproxyconf.Configuration.Placed;
import dev.weir.haproxyconf.Option;
import dev.weir.haproxyconf.Server;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A pool as one section of an HAProxy configuration proposes it. */
final class ImportedBackend {

  /** A member's name; a server with another keeps it and is known by its address. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private final Placed section;
  private final List<String> notes;

  /** Entries of a static list, by address. */
  private final Map<String, String> members = new LinkedHashMap<>();

  private ImportedBackend(Placed section, List<String> notes) {
    this.section = section;
    this.notes = notes;
  }

  /**
   * Reads a section.
   *
   * @param notes gets what is not the same in Weir
   */
  static ImportedBackend of(Placed section, List<String> notes) {
    ImportedBackend pool = new ImportedBackend(section, notes);
    section.section().servers().forEach(pool::take);
    section
        .section()
        .settings()
        .filter(line -> line.keyword().equals("server-template"))
        .forEach(line ->
            notes.add(
                "%s: server-template stays as it is; its servers are none of Weir's"
                    .formatted(section.place(line))));
    return pool;
  }

  /** Whether there is no server that could be kept. */
  boolean isEmpty() {
    return members.isEmpty();
  }

  private void take(Server server) {
    Optional<String> address = address(server);
    if (address.isEmpty()) {
      note(
          server,
          "server %s stays as it is and is none of Weir's (expected: an IP and port or a unix"
                  .formatted(server.name().text())
              + " socket, without variables, outside of .if)");
      return;
    }
    String entry = entry(server, address.get());
    if (members.putIfAbsent(address.get(), entry) != null) {
      note(
          server,
          "a second server at %s stays as it is and is none of Weir's (expected: a weight)"
              .formatted(address.get()));
    }
  }

  private String entry(Server server, String address) {
    int weight = inherited("weight").map(this::weight).orElse(1);
    boolean backup = inherited("backup").isPresent();
    boolean disabled = inherited("disabled").isPresent();
    for (Option option : Option.of(server.parameters())) {
      switch (option.name()) {
        case "weight" -> weight = weight(server, option);
        case "backup" -> backup = true;
        case "no-backup" -> backup = false;
        case "disabled" -> disabled = true;
        case "enabled" -> disabled = false;
        default -> {} // stays in the line
      }
    }
    if (disabled) {
      note(server, "%s is disabled: 'weir disable' it before Weir writes".formatted(address));
    }
    StringBuilder text = new StringBuilder("{ address: " + Scalar.of(address));
    String name = server.name().text();
    text.append(NAME.matcher(name).matches() ? ", name: " + Scalar.of(name) : "");
    text.append(weight == 1 ? "" : ", weight: " + weight);
    text.append(backup ? ", backup: true" : "");
    return text.append(" }").toString();
  }

  private int weight(Server server, Option option) {
    int fitting = weight(option);
    if (!option.value().equals(Integer.toString(fitting))) {
      note(
          server,
          "weight %s becomes %d (expected: 1 to %d)"
              .formatted(option.value(), fitting, Member.MAX_WEIGHT));
    }
    return fitting;
  }

  private int weight(Option option) {
    int weight = option.value().matches("[0-9]{1,9}") ? Integer.parseInt(option.value()) : 0;
    return Math.clamp(weight, 1, Member.MAX_WEIGHT);
  }

  /** What {@code default-server} lines say. */
  private Optional<Option> inherited(String name) {
    List<Option> options = new ArrayList<>();
    section.inherited().stream()
        .filter(line -> line.keyword().equals("default-server"))
        .forEach(line -> options.addAll(Option.of(line.words().subList(1, line.words().size()))));
    section
        .section()
        .settings()
        .filter(line -> line.keyword().equals("default-server"))
        .forEach(line -> options.addAll(Option.of(line.words().subList(1, line.words().size()))));
    return options.stream().filter(option -> option.name().equals(name)).reduce((a, b) -> b);
  }

  private static Optional<String> address(Server server) {
    String text = server.address().text().replaceFirst("^ipv[46]@", "");
    String path = text.startsWith("unix@") ? text.substring(5) : text;
    try {
      Address address = Address.parse(path.startsWith("/") ? "unix:" + path : text);
      return server.isCertain() && address instanceof Endpoint
          ? Optional.of(address.toString())
          : Optional.empty();
    } catch (IllegalArgumentException noneOfOurs) {
      return Optional.empty();
    }
  }

  /** Its entry under {@code pools}. */
  String yaml() {
    StringBuilder text =
        new StringBuilder("  %s:\n".formatted(Scalar.of(section.section().name())));
    text.append("    sources:\n      - static:\n");
    members.values().forEach(entry -> text.append("          - ").append(entry).append('\n'));
    return text.toString();
  }

  private void note(Server server, String text) {
    notes.add("%s: %s".formatted(section.place(server.line()), text));
  }
}
