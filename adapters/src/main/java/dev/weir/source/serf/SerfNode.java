package dev.weir.source.serf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One node of the cluster, as an agent knows it. */
record SerfNode(String name, InetAddress ip, Status status, SortedMap<String, String> tags) {

  /** What a cluster thinks of a node. */
  enum Status {
    ALIVE,
    LEAVING,
    LEFT,
    FAILED,
    NONE
  }

  static SerfNode of(Packed node) throws IOException {
    String name = node.at("Name").asText();
    if (name.isEmpty() || !(node.at("Addr") instanceof Packed.Bytes address)) {
      throw new IOException("not what a Serf agent says: a member without Name or Addr");
    }
    SortedMap<String, String> tags = new TreeMap<>();
    if (node.at("Tags") instanceof Packed.Entries entries) {
      for (Map.Entry<String, Packed> tag : entries.entries().entrySet()) {
        tags.put(tag.getKey(), tag.getValue().asText());
      }
    }
    return new SerfNode(name, ip(address), status(node.at("Status").asText()), tags);
  }

  private static InetAddress ip(Packed.Bytes address) throws IOException {
    try {
      return InetAddress.getByAddress(address.bytes());
    } catch (UnknownHostException wrong) {
      throw new IOException("not what a Serf agent says: an address of another length", wrong);
    }
  }

  private static Status status(String text) {
    return switch (text) {
      case "alive" -> Status.ALIVE;
      case "leaving" -> Status.LEAVING;
      case "left" -> Status.LEFT;
      case "failed" -> Status.FAILED;
      default -> Status.NONE;
    };
  }
}
