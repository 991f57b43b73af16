package dev.weir.source.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Endpoint;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Answers that no DNS server should give, and some do. */
final class BrokenDnsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aServerThatFailsHasNotAnswered() throws Exception {
    assertThat(complaint(question -> failure(question))).contains("SERVFAIL from 127.0.0.1:");
  }

  @Test
  void nonsenseIsNoAnswer() throws Exception {
    assertThat(complaint(question -> "<html>it works</html>".getBytes(StandardCharsets.US_ASCII)))
        .startsWith("web.test: ");
  }

  @Test
  void halfAnAnswerIsNone() throws Exception {
    assertThat(complaint(question -> Arrays.copyOf(question, question.length / 2)))
        .startsWith("web.test: ");
  }

  @Test
  void nothingIsNoAnswer() throws Exception {
    assertThat(complaint(question -> new byte[0])).startsWith("web.test: ");
  }

  @Test
  void nobodyListeningIsToldInWords() throws Exception {
    Endpoint.Ip at = new Endpoint.Ip(InetAddress.getLoopbackAddress(), FreePorts.one());
    DnsQuestion question = new DnsQuestion("web.test", Kind.A, 80, List.of(at), DnsWorld.RHYTHM);
    try (WatchedSource watched =
        WatchedSource.start(
            new DnsSourceType(DnsWorld.HASTY).open(question, DnsWorld.CONTEXT), PATIENCE)) {
      assertThat(watched.awaitUnavailable(0).reason())
          .isEqualTo("web.test: connection refused from 127.0.0.1:" + at.port());
    }
  }

  @Test
  void aServerThatOnlyKnowsWhomToAskHasNotAnswered() throws Exception {
    assertThat(complaint(BrokenDnsTest::referral)).contains("a referral to others from ");
  }

  private static byte[] referral(byte[] question) {
    try {
      Message answer = new Message(question);
      answer.getHeader().setFlag(Flags.QR);
      return answer.toWire();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static byte[] failure(byte[] question) {
    try {
      Message answer = new Message(question);
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setRcode(Rcode.SERVFAIL);
      return answer.toWire();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static String complaint(UnaryOperator<byte[]> answering) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread ignored = Thread.ofVirtual().name("broken-dns").start(() -> serve(socket, answering));
      Endpoint.Ip at = new Endpoint.Ip(socket.getLocalAddress(), socket.getLocalPort());
      DnsQuestion question = new DnsQuestion("web.test", Kind.A, 80, List.of(at), DnsWorld.RHYTHM);
      try (WatchedSource watched =
          WatchedSource.start(
              new DnsSourceType(DnsWorld.HASTY).open(question, DnsWorld.CONTEXT), PATIENCE)) {
        return watched.awaitUnavailable(0).reason();
      }
    }
  }

  private static void serve(DatagramSocket socket, UnaryOperator<byte[]> answering) {
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answering.apply(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }
}
