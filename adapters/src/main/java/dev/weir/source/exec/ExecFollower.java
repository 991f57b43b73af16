package dev.weir.source.exec;

import dev.weir.follow.Follower;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Runs a command again and again, and tells what it printed. */
final class ExecFollower implements Follower<String> {

  private final Invocation invocation;
  private final Time time;

  ExecFollower(Invocation invocation, Time time) {
    this.invocation = invocation;
    this.time = time;
  }

  @Override
  public void follow(Consumer<String> teller) throws IOException, InterruptedException {
    Command command = new Command(invocation.command(), invocation.timeout());
    while (true) {
      teller.accept(text(command.run()));
      time.sleep(invocation.every());
    }
  }

  private String text(byte[] output) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(output)).toString();
    } catch (CharacterCodingException notText) {
      throw new IOException(invocation + ": its output is not a text in UTF-8", notText);
    }
  }
}
