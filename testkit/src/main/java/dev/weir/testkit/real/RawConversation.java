package dev.weir.testkit.real;

import dev.weir.testkit.contract.Behaviour;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What one connection of a raw target hears and says. */
final class RawConversation {

  private static final long DRIP = TimeUnit.MILLISECONDS.toNanos(20);
  private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhealthy\n";

  private final SocketChannel channel;
  private final Optional<RawTargets.Security> security;
  private final AtomicLong sent;

  RawConversation(SocketChannel channel, Optional<RawTargets.Security> security, AtomicLong sent) {
    this.channel = channel;
    this.security = security;
    this.sent = sent;
  }

  void hold(Behaviour behaviour) throws IOException {
    if (behaviour == Behaviour.RESETS && isTcp()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    InputStream in = Channels.newInputStream(channel);
    OutputStream out = Channels.newOutputStream(channel);
    if (security.isPresent() && behaviour != Behaviour.NO_TLS) {
      SSLContext context =
          behaviour == Behaviour.UNTRUSTED ? security.get().untrusted() : security.get().trusted();
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), in, true);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }
    if (behaviour == Behaviour.NO_TLS) {
      say(out, "+OK at your service\r\n\r\n");
      drain(in);
      return;
    }
    answer(behaviour, in, out);
  }

  private void answer(Behaviour behaviour, InputStream in, OutputStream out) throws IOException {
    while (readHead(in)) {
      switch (behaviour) {
        case ANSWERS, UNTRUSTED, NO_TLS, REFUSES, NOT_ACCEPTING -> say(out, GOOD);
        case WRONG_STATUS -> say(out, "HTTP/1.1 503 Not Now\r\nContent-Length: 0\r\n\r\n");
        case WRONG_BODY -> say(out, GOOD.replace("healthy", "dismal!"));
        case SILENT -> drain(in);
        case DRIPS -> drip(out);
        case FLOODS -> flood(out);
        case NONSENSE -> {
          say(out, "+OK at your service\r\n\r\n");
          return;
        }
        case BREAKS_OFF -> {
          say(out, GOOD.substring(0, GOOD.length() - 4));
          return;
        }
        case RESETS, CLOSES -> {
          return;
        }
      }
    }
  }

  private boolean isTcp() throws IOException {
    return channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER);
  }

  private static boolean readHead(InputStream in) throws IOException {
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return true;
  }

  private static void drain(InputStream in) throws IOException {
    in.skip(Long.MAX_VALUE);
  }

  private void drip(OutputStream out) throws IOException {
    say(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
    while (true) {
      say(out, "z");
      LockSupport.parkNanos(DRIP);
    }
  }

  private void flood(OutputStream out) throws IOException {
    String many = "X-More: and more\r\n".repeat(2000);
    say(out, "HTTP/1.1 200 OK\r\n");
    while (true) {
      say(out, many);
    }
  }

  private void say(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes);
    out.flush();
    sent.addAndGet(bytes.length);
  }
}
