package dev.weir.source.dns;

import dev.weir.model.Endpoint;
import dev.weir.net.Questions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/**
 * Servers that are asked one after the other, each twice, until one answers. That a name does not
 * exist is an answer; that a server failed or refused is none.
 */
final class Nameservers {

  private static final int TRIES = 2;

  private final List<InetSocketAddress> servers;
  private final Duration timeout;

  private Nameservers(List<InetSocketAddress> servers, Duration timeout) {
    this.servers = servers;
    this.timeout = timeout;
  }

  /** These servers, or those of the machine where there are none. */
  static Nameservers of(List<Endpoint.Ip> given, Duration timeout) {
    return new Nameservers(
        given.isEmpty()
            ? machine()
            : given.stream().map(ip -> new InetSocketAddress(ip.ip(), ip.port())).toList(),
        timeout);
  }

  /** As they are now: the file that names them changes when a machine moves. */
  private static List<InetSocketAddress> machine() {
    ResolverConfig.refresh();
    return ResolverConfig.getCurrentConfig().servers();
  }

  /**
   * Asks.
   *
   * @return an answer that has records of the name, or says that there are none
   * @throws IOException when no server gives one, with one line that says what each did
   */
  Message ask(String name, int type) throws IOException, InterruptedException {
    Message question = Message.newQuery(Record.newRecord(absolute(name), type, DClass.IN));
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < TRIES * servers.size(); i++) {
      InetSocketAddress server = servers.get(i % servers.size());
      try {
        Message answer = ask(server, question);
        int code = answer.getRcode();
        boolean good = code == Rcode.NXDOMAIN || (code == Rcode.NOERROR && isOwn(answer));
        if (good) {
          return answer;
        }
        String what = code == Rcode.NOERROR ? "a referral to others" : Rcode.string(code);
        failures.add(told(server, what));
      } catch (IOException failed) {
        failures.add(told(server, String.valueOf(failed.getMessage())));
      }
    }
    throw new IOException(name + ": " + String.join(", ", failures.stream().distinct().toList()));
  }

  /** Whether it answers for itself: a server that only knows whom to ask has no records either. */
  private static boolean isOwn(Message answer) {
    if (!answer.getSection(Section.ANSWER).isEmpty()) {
      return true;
    }
    List<Record> authority = answer.getSection(Section.AUTHORITY);
    boolean known = authority.stream().anyMatch(SOARecord.class::isInstance);
    boolean referral = authority.stream().anyMatch(NSRecord.class::isInstance);
    boolean lame = !answer.getHeader().getFlag(Flags.AA) && !answer.getHeader().getFlag(Flags.RA);
    return known || !(referral || lame);
  }

  private static String told(InetSocketAddress server, String what) {
    return "%s from %s:%d".formatted(what, server.getAddress().getHostAddress(), server.getPort());
  }

  private Message ask(InetSocketAddress server, Message question)
      throws IOException, InterruptedException {
    Questions.asked();
    SimpleResolver resolver = new SimpleResolver(server); // takes what is cut off anew by TCP
    resolver.setTimeout(timeout);
    CompletableFuture<Message> answer = resolver.sendAsync(question).toCompletableFuture();
    try {
      return answer.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new IOException(reason(cause), failed);
    } catch (TimeoutException late) {
      throw new IOException("no answer", late);
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof PortUnreachableException) {
      return "connection refused";
    }
    if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    return message.contains("imed out") ? "no answer" : message.replaceAll("\\R", " ");
  }

  private static Name absolute(String name) throws TextParseException {
    return Name.fromString(name, Name.root);
  }
}
