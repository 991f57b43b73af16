package dev.weir.driver.nginx;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.ServerState;
import dev.weir.nginxconf.Token;
import dev.weir.nginxconf.Token.Kind;
import dev.weir.nginxconf.Tokens;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the members of a section back from Weir's file, also where somebody edited it. */
final class UpstreamsReader {

  private static final Pattern COMMENT =
      Pattern.compile(" ([A-Za-z0-9_.:-]+) (ready|drain|maint)\\s*");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.-]+");
  private static final int NGINX_DEFAULT_PORT = 80;
  private static final String WEIGHT = "weight=";
  private static final Pattern BARE = Pattern.compile("[0-9.]+|\\[[^]]*]");

  private UpstreamsReader() {}

  /**
   * The members of an upstream, sorted by name.
   *
   * @return empty when the file has no such upstream
   */
  static Optional<List<ObservedMember>> members(String text, String upstream) {
    return section(text, upstream).map(UpstreamsReader::parse);
  }

  private static Optional<String> section(String text, String upstream) {
    String opening = Section.opening(upstream);
    int at = text.startsWith(opening) ? 0 : text.indexOf("\n" + opening) + 1;
    if (at == 0 && !text.startsWith(opening)) {
      return Optional.empty();
    }
    int start = at + opening.length();
    int end = text.indexOf("\n}", start - 1);
    return end < 0 ? Optional.empty() : Optional.of(text.substring(start, Math.max(start, end)));
  }

  private static List<ObservedMember> parse(String body) {
    List<ObservedMember> members = new ArrayList<>();
    List<Token> words = new ArrayList<>();
    List<Token> tokens;
    try {
      tokens = Tokens.of(body);
    } catch (IllegalArgumentException brokenByHand) {
      return List.of();
    }
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is(Kind.WORD)) {
        words.add(token);
      } else if (!token.is(Kind.COMMENT)) {
        server(words, commentAfter(tokens, i)).ifPresent(members::add);
        words.clear();
      }
    }
    return members.stream().sorted(Comparator.comparing(ObservedMember::name)).toList();
  }

  private static String commentAfter(List<Token> tokens, int i) {
    boolean same =
        i + 1 < tokens.size()
            && tokens.get(i + 1).is(Kind.COMMENT)
            && tokens.get(i + 1).line() == tokens.get(i).line();
    return same ? tokens.get(i + 1).text() : "";
  }

  private static Optional<ObservedMember> server(List<Token> words, String comment) {
    if (words.size() < 2 || !words.getFirst().isWord("server") || comment.startsWith(" (")) {
      return Optional.empty();
    }
    List<String> parameters = words.stream().skip(2).map(Token::text).toList();
    Matcher known = COMMENT.matcher(comment);
    return endpoint(words.get(1).text())
        .map(endpoint ->
            known.matches()
                ? member(known.group(1), endpoint, state(known.group(2)), parameters)
                : member(nameOf(endpoint), endpoint, ServerState.MAINT, parameters));
  }

  /** {@code down} in the line decides whether it takes traffic, the comment only how it is out. */
  private static ObservedMember member(
      String name, Endpoint endpoint, ServerState out, List<String> parameters) {
    ServerState down = out == ServerState.READY ? ServerState.MAINT : out;
    return new ObservedMember(
        name,
        endpoint,
        parameters.contains("down") ? down : ServerState.READY,
        weight(parameters),
        parameters.contains("backup"));
  }

  static int weight(List<String> parameters) {
    for (String parameter : parameters) {
      if (parameter.startsWith(WEIGHT)
          && parameter.substring(WEIGHT.length()).matches("[0-9]{1,6}")) {
        return Integer.parseInt(parameter.substring(WEIGHT.length()));
      }
    }
    return 1;
  }

  private static ServerState state(String word) {
    for (ServerState state : ServerState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state: " + word);
  }

  /** A host name that somebody wrote by hand is no member of ours: absent. */
  static Optional<Endpoint> endpoint(String text) {
    try {
      boolean bare = BARE.matcher(text).matches();
      Address address = Address.parse(bare ? text + ":" + NGINX_DEFAULT_PORT : text);
      return address instanceof Endpoint endpoint ? Optional.of(endpoint) : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  static String nameOf(Endpoint endpoint) {
    String text = endpoint.toString();
    return endpoint instanceof Endpoint.Ip at && at.ip() instanceof Inet4Address
        ? text.replace(':', '_')
        : UNSAFE.matcher(text).replaceAll("_");
  }
}
