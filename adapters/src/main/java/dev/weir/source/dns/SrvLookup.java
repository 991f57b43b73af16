package dev.weir.source.dns;

import dev.weir.memberlist.Weights;
import dev.weir.model.Endpoint;
import dev.weir.source.dns.DnsFollower.Answer;
import dev.weir.source.dns.Found.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Asks for the hosts of a service and for their addresses, at the same servers: who knows the one
 * is often the only one to know the other.
 */
final class SrvLookup {

  private final Nameservers servers;
  private final List<Target> targets = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  SrvLookup(Nameservers servers) {
    this.servers = servers;
  }

  Answer ask(String name) throws IOException, InterruptedException {
    Message message = servers.ask(name, Type.SRV);
    remarks.addAll(AddressLookup.remarks(name, message));
    List<SRVRecord> hosts =
        message.getSection(Section.ANSWER).stream()
            .filter(SRVRecord.class::isInstance)
            .map(SRVRecord.class::cast)
            .filter(record -> !record.getTarget().equals(Name.root)) // "there is no such service"
            .toList();
    int first = hosts.stream().mapToInt(SRVRecord::getPriority).min().orElse(0);
    int heaviest = hosts.stream().mapToInt(SRVRecord::getWeight).max().orElse(0);
    Duration timeToLive = AddressLookup.timeToLive(message);
    for (SRVRecord host : hosts) {
      Addresses found = addresses(host, message);
      add(host, found.addresses(), new Scale(first, heaviest));
      timeToLive = found.timeToLive().compareTo(timeToLive) < 0 ? found.timeToLive() : timeToLive;
    }
    return new Answer(new Found(targets, remarks), timeToLive);
  }

  /**
   * What the records of a service are measured by.
   *
   * @param first the priority of those that are used first
   * @param heaviest the largest weight
   */
  private record Scale(int first, int heaviest) {}

  private record Addresses(List<InetAddress> addresses, Duration timeToLive) {}

  private void add(SRVRecord host, List<InetAddress> addresses, Scale scale) {
    String name = host.getTarget().toString(true);
    if (addresses.isEmpty()) {
      remarks.add(name + " has no address");
    }
    for (InetAddress address : addresses) {
      targets.add(
          new Target(
              new Endpoint.Ip(address, host.getPort()),
              addresses.size() == 1 ? Optional.of(name) : Optional.empty(),
              Weights.scaled(host.getWeight(), scale.heaviest()),
              host.getPriority() > scale.first()));
    }
  }

  /** From what the answer brought along, else by further questions. */
  private Addresses addresses(SRVRecord host, Message message)
      throws IOException, InterruptedException {
    List<Record> along =
        message.getSection(Section.ADDITIONAL).stream()
            .filter(record -> record.getName().equals(host.getTarget()))
            .toList();
    List<InetAddress> brought =
        along.stream().flatMap(record -> AddressLookup.address(record).stream()).toList();
    if (!brought.isEmpty()) {
      long seconds = along.stream().mapToLong(Record::getTTL).min().orElse(0);
      return new Addresses(brought, Duration.ofSeconds(seconds));
    }
    Message four = servers.ask(host.getTarget().toString(true), Type.A);
    Message answer =
        AddressLookup.addresses(four, Section.ANSWER).isEmpty()
            ? servers.ask(host.getTarget().toString(true), Type.AAAA)
            : four;
    return new Addresses(
        AddressLookup.addresses(answer, Section.ANSWER), AddressLookup.timeToLive(answer));
  }
}
