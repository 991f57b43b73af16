package dev.weir.source.supervisor;

import dev.weir.follow.Follower;
import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpCalls;
import dev.weir.net.HttpQuestion;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import dev.weir.xmlrpc.MethodCall;
import dev.weir.xmlrpc.MethodResponse;
import dev.weir.xmlrpc.XmlRpcException;
import dev.weir.xmlrpc.XmlRpcLimits;
import dev.weir.xmlrpc.XmlRpcReader;
import dev.weir.xmlrpc.XmlRpcWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks a supervisord again and again for the states of its processes, and reads its files. */
final class SupervisorFollower implements Follower<Programs> {

  private static final int LARGEST = 8 * 1024 * 1024;
  private static final XmlRpcLimits LIMITS = new XmlRpcLimits(LARGEST, 20, 500_000);
  private static final String QUESTION =
      XmlRpcWriter.write(new MethodCall("supervisor.getAllProcessInfo", List.of()));

  private final Supervisord asked;
  private final Time time;

  SupervisorFollower(Supervisord asked, Time time) {
    this.asked = asked;
    this.time = time;
  }

  @Override
  public void follow(Consumer<Programs> teller) throws IOException, InterruptedException {
    try (HttpCalls calls = HttpCalls.to(asked.server())) {
      while (true) {
        SortedMap<String, SortedSet<String>> states = states(calls);
        teller.accept(new Programs(sockets(), states));
        time.sleep(asked.rhythm().every());
      }
    }
  }

  private SortedMap<String, String> sockets() throws IOException {
    try {
      return ConfigFiles.sockets(asked.config(), System.getenv());
    } catch (IOException unreadable) {
      throw new IOException(asked.config() + ": cannot be read", unreadable);
    }
  }

  private SortedMap<String, SortedSet<String>> states(HttpCalls calls)
      throws IOException, InterruptedException {
    HttpQuestion question =
        new HttpQuestion("/RPC2", Map.of("Content-Type", "text/xml"), Optional.of(QUESTION));
    if (asked.login().isPresent()) {
      Supervisord.Login login = asked.login().get();
      byte[] pair =
          (login.user() + ":" + login.password().reveal()).getBytes(StandardCharsets.UTF_8);
      question =
          question.with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    HttpAnswer answer = calls.ask(question, asked.rhythm().timeout(), LARGEST);
    if (answer.status() == 401) {
      throw new RefusedException(asked + ": status 401 (expected: its user and password)");
    }
    if (answer.status() != 200) {
      throw new IOException("%s: status %d".formatted(asked, answer.status()));
    }
    return states(answer.body());
  }

  private SortedMap<String, SortedSet<String>> states(String body) throws IOException {
    try {
      return switch (XmlRpcReader.response(body, LIMITS)) {
        case MethodResponse.Value value -> states(value);
        case MethodResponse.Fault fault ->
            throw new IOException(
                "%s: fault %d %s".formatted(asked, fault.code(), fault.message()));
      };
    } catch (XmlRpcException nonsense) {
      throw new IOException(
          "%s: not the answer of a supervisord: %s".formatted(asked, nonsense.getMessage()),
          nonsense);
    }
  }

  private SortedMap<String, SortedSet<String>> states(MethodResponse.Value answer)
      throws IOException {
    if (!(answer.value() instanceof List<?> processes)) {
      throw new IOException(asked + ": not the answer of a supervisord: no list");
    }
    SortedMap<String, SortedSet<String>> states = new TreeMap<>();
    for (Object process : processes) {
      if (!(process instanceof Map<?, ?> info)
          || !(info.get("group") instanceof String group)
          || !(info.get("statename") instanceof String state)) {
        throw new IOException(asked + ": not the answer of a supervisord: a process without group");
      }
      states.computeIfAbsent(group, name -> new TreeSet<>()).add(state);
    }
    return states;
  }
}
