package dev.weir.source.dns;

import dev.weir.model.Endpoint;
import dev.weir.source.dns.DnsFollower.Answer;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.source.dns.Found.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks for addresses of a name. */
final class AddressLookup {

  private final Nameservers servers;

  AddressLookup(Nameservers servers) {
    this.servers = servers;
  }

  Answer ask(DnsQuestion question) throws IOException, InterruptedException {
    Message message =
        servers.ask(question.name(), question.kind() == Kind.AAAA ? Type.AAAA : Type.A);
    List<Target> targets = new ArrayList<>();
    for (InetAddress address : addresses(message, Section.ANSWER)) {
      targets.add(
          new Target(new Endpoint.Ip(address, question.port()), Optional.empty(), 1, false));
    }
    return new Answer(new Found(targets, remarks(question.name(), message)), timeToLive(message));
  }

  /** The addresses in a part of an answer, whichever name of a chain they belong to. */
  static List<InetAddress> addresses(Message message, int section) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Record record : message.getSection(section)) {
      address(record).ifPresent(addresses::add);
    }
    return addresses;
  }

  /** The address that a record is for. */
  static Optional<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord four -> Optional.of(four.getAddress());
      case AAAARecord six -> Optional.of(six.getAddress());
      default -> Optional.empty();
    };
  }

  /** The shortest time that a record of the answer is good for. */
  static Duration timeToLive(Message message) {
    long seconds =
        message.getSection(Section.ANSWER).stream().mapToLong(Record::getTTL).min().orElse(0);
    return Duration.ofSeconds(seconds);
  }

  static List<String> remarks(String name, Message message) {
    return message.getRcode() == Rcode.NXDOMAIN ? List.of(name + " does not exist") : List.of();
  }
}
