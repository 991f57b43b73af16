package dev.weir.source.supervisor;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceReport.Complete;
import dev.weir.spi.SourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * Makes members of programs. All processes of a program share one socket, so that a program is one
 * member, in as long as one of its processes runs.
 */
final class ProgramMembers {

  private static final String RUNNING = "RUNNING";

  /** States from which no process comes back by itself. */
  private static final Set<String> OVER = Set.of("STOPPED", "EXITED", "FATAL");

  private final Optional<Pattern> program;
  private final SourceType.Context context;

  /**
   * @param program a regular expression for the whole name; absent: any
   */
  ProgramMembers(Optional<String> program, SourceType.Context context) {
    this.program = program.map(Pattern::compile);
    this.context = context;
  }

  /** The report that these programs are. */
  SourceReport report(Programs programs) {
    List<Member> members = new ArrayList<>();
    Map<MemberId, String> ended = new HashMap<>();
    List<String> remarks = new ArrayList<>();
    programs
        .sockets()
        .forEach((name, socket) -> {
          if (program.map(pattern -> pattern.matcher(name).matches()).orElse(true)) {
            try {
              Member member =
                  Member.of(new MemberId(context.pool(), address(socket)), context.name())
                      .withName(name);
              SortedSet<String> states = programs.of(name);
              if (states.contains(RUNNING)) {
                members.add(member);
              } else if (!states.isEmpty() && OVER.containsAll(states)) {
                ended.put(member.id(), "supervisord has it as " + String.join(", ", states));
              }
            } catch (IllegalArgumentException wrong) {
              remarks.add("program %s: %s".formatted(name, wrong.getMessage()));
            }
          }
        });
    return new Complete(members, Absence.MISSING, ended, remarks);
  }

  private static Address address(String socket) {
    if (socket.startsWith("tcp://")) {
      return Address.parse(socket.substring("tcp://".length()));
    }
    if (socket.startsWith("unix://")) {
      return new Endpoint.UnixSocket(socket.substring("unix://".length()));
    }
    throw new IllegalArgumentException(
        "socket: %s (expected: tcp://HOST:PORT or unix:///PATH)".formatted(socket));
  }
}
