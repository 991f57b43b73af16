package dev.weir.engine.keeper;

import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import java.net.InetAddress;
import java.util.List;

/** What can be in the keeper's mailbox. */
sealed interface Message {

  /**
   * A source has spoken.
   *
   * @param taken to be called when the report is in the inputs
   */
  record Reported(SourceName source, SourceReport report, Runnable taken) implements Message {}

  /** A check has come to a new conclusion. */
  record Concluded(MemberId member, Health health) implements Message {}

  /** A single look has ended. */
  record Looked(MemberId member, ProbeResult result) implements Message {}

  /** A host name has been looked up; never without an address. */
  record Resolved(String name, List<InetAddress> addresses) implements Message {
    public Resolved {
      addresses = List.copyOf(addresses);
    }
  }

  /** A command that is durable already, where it has to be. */
  record Commanded(Command command, Ticket ticket) implements Message {}
}
