package dev.weir.source.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Endpoint;
import dev.weir.source.dns.DnsQuestion.Kind;
import dev.weir.testkit.Crowd;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Answers that no DNS server should give, and some do; and how often one is asked. */
final class BrokenDnsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final DnsQuestion.Rhythm CALM =
      new DnsQuestion.Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(2));

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

  @Test
  void manyPoolsOfOneNameCostOneQuestionUntilItsTimeToLiveIsOver() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    UnaryOperator<byte[]> answering =
        question -> {
          asked.incrementAndGet();
          return answer(question);
        };
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread ignored = Thread.ofVirtual().name("dns").start(() -> serve(socket, answering));
      Endpoint.Ip at = new Endpoint.Ip(socket.getLocalAddress(), socket.getLocalPort());
      DnsSourceType type = new DnsSourceType(DnsWorld.HASTY);
      DnsQuestion question = new DnsQuestion("web.test", Kind.A, 80, List.of(at), CALM);
      try (Crowd crowd = Crowd.of(20, () -> type.open(question, DnsWorld.CONTEXT), PATIENCE)) {
        crowd.awaitMembers(Set.of("10.0.0.1:80"));
        await()
            .atMost(PATIENCE)
            .during(Duration.ofSeconds(2))
            .untilAsserted(() -> assertThat(asked).hasValue(1));
      }
    }
  }

  private static byte[] answer(byte[] question) {
    try {
      Message answer = new Message(question);
      answer.getHeader().setFlag(Flags.QR);
      answer.addRecord(
          new ARecord(
              answer.getQuestion().getName(),
              DClass.IN,
              60,
              InetAddress.getByAddress(new byte[] {10, 0, 0, 1})),
          Section.ANSWER);
      return answer.toWire();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
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
