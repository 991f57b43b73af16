package dev.weir.driver.nginx;

import dev.weir.model.Address;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.ProxyName;
import dev.weir.spi.ProxyDriverType.Carried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes Weir's files for nginx: one section for each carried pool, the servers that answer for
 * empty ones, and the confirm server, which answers the fingerprint of all this. Pools that are not
 * of HTTP stand in a file of their own, {@link StreamText}.
 *
 * <p>Sections of pools that did not change are taken from the last time: with 10,000 members in 100
 * pools, one change costs the text of one hundred. Used by one thread.
 */
final class UpstreamsText {

  private static final Pattern ANSWER =
      Pattern.compile("\n +return 200 \"weir ([0-9a-f]{32}) \\$nginx_version \\$pid\";\n");

  private static final String TOLD = "return 200 \"weir ";

  private static final Pattern LISTEN =
      Pattern.compile("\n    listen (127\\.[0-9.]+:[0-9]+)(?: default_server)?;\n");

  private final ProxyName proxy;
  private final String confirm;
  private final EmptyAnswers answers;
  private final Map<PoolId, Carried<NginxSurroundings>> carried = new HashMap<>();
  private final Map<PoolId, Section> made = new HashMap<>();
  private final LivePools live;
  private final LiveText liveText;
  private final FrozenPools frozen;
  private final Optional<StreamText> stream;

  /**
   * @param frozen the pools whose former sections stay
   */
  UpstreamsText(
      ProxyName proxy,
      NginxOptions options,
      List<Carried<NginxSurroundings>> pools,
      Live live,
      FrozenPools frozen) {
    this.proxy = proxy;
    this.live = live.pools();
    this.liveText = live.text();
    this.frozen = frozen;
    this.confirm = options.confirm().listen().toString();
    this.answers = new EmptyAnswers(options.confirm().listen().port());
    this.stream = options.stream().map(file -> StreamText.of(proxy, options));
    pools.forEach(pool -> carried.put(pool.pool(), pool));
  }

  /**
   * Both files.
   *
   * @param stream absent where Weir has none for it
   * @param sections in the order of the pools
   * @param fingerprint of everything but itself, as the confirm server will answer it
   */
  record Rendered(
      String text, Optional<String> stream, List<Section> sections, Fingerprint fingerprint) {
    Rendered {
      sections = List.copyOf(sections);
    }
  }

  /**
   * The pools whose members are not written into the file.
   *
   * @param text that stands there instead
   */
  record Live(LivePools pools, LiveText text) {}

  /** Writes the file; the same state gives the same bytes while the same pools are frozen. */
  Rendered render(DesiredState desired) {
    return render(desired, Set.of());
  }

  /** Whether a pool stands in {@code stream}. */
  boolean inStream(PoolId pool) {
    Carried<NginxSurroundings> how = carried.get(pool);
    return how != null && how.kind() != PoolKind.HTTP;
  }

  /** The sections of pools as they are wanted, whether they are frozen or not. */
  List<Section> sections(DesiredState desired) {
    return desired.pools().stream().map(this::section).toList();
  }

  /**
   * The same.
   *
   * @param elsewhere the pools whose upstreams stand in files of the user's
   */
  Rendered render(DesiredState desired, Set<PoolId> elsewhere) {
    return render(desired, elsewhere, UnaryOperator.identity());
  }

  /**
   * Writes the files with other sections than they would have.
   *
   * @param instead the section that is written in the place of each
   */
  Rendered render(DesiredState desired, Set<PoolId> elsewhere, UnaryOperator<Section> instead) {
    List<Section> sections = new ArrayList<>();
    for (DesiredPool pool : desired.pools()) {
      Section wanted = section(pool);
      Section section = instead.apply(frozen.instead(wanted));
      sections.add(elsewhere.contains(pool.id()) ? elsewhere(wanted, section) : section);
    }
    List<Section> http = sections.stream().filter(s -> !inStream(s.pool().id())).toList();
    List<Section> others = sections.stream().filter(s -> inStream(s.pool().id())).toList();
    String head = head();
    String servers = answers.servers(http.stream().map(Section::pool).toList(), always());
    Fingerprint.Digest digest = Fingerprint.digest().add(head).add(servers).add(confirmServer(""));
    stream.ifPresent(text -> digest.add(text.frame()));
    StringBuilder text = new StringBuilder(head);
    for (Section section : http) {
      digest.add(section.fingerprint().hex());
      if (!section.text().isEmpty()) {
        text.append('\n').append(section.text());
      }
    }
    others.forEach(section -> digest.add(section.fingerprint().hex()));
    Fingerprint fingerprint = digest.finish();
    text.append('\n').append(servers).append(confirmServer(fingerprint.hex()));
    return new Rendered(
        text.toString(), stream.map(s -> s.of(others, fingerprint)), sections, fingerprint);
  }

  /**
   * The fingerprint that nginx answers when it runs this text; absent in a text that is not ours.
   */
  static Optional<Fingerprint> fingerprintIn(String text) {
    int told = text.lastIndexOf(TOLD);
    Matcher matcher = ANSWER.matcher(text);
    matcher.region(Math.max(0, text.lastIndexOf('\n', told)), text.length());
    return told >= 0 && matcher.lookingAt()
        ? Optional.of(new Fingerprint(matcher.group(1)))
        : Optional.empty();
  }

  /** The addresses that the servers in this text listen on. */
  static Set<Endpoint.Ip> listeners(String text) {
    Set<Endpoint.Ip> found = new LinkedHashSet<>();
    Matcher matcher = LISTEN.matcher(text);
    while (matcher.find()) {
      found.add((Endpoint.Ip) Address.parse(matcher.group(1)));
    }
    return found;
  }

  private Section section(DesiredPool pool) {
    Carried<NginxSurroundings> how = carried.get(pool.id());
    if (how == null) {
      throw new IllegalArgumentException(
          "pool %s is not carried by proxy %s".formatted(pool.id(), proxy));
    }
    Section last = made.get(pool.id());
    if (last == null || !last.pool().fingerprint().equals(pool.fingerprint())) {
      Balancing balancing = live.balanced().get(pool.id());
      last =
          balancing == null
              ? Section.of(pool, how, answers)
              : Section.live(pool, how.as(), answers, liveText, balancing);
      made.put(pool.id(), last);
    }
    return last;
  }

  /** A pool that stays as it is counts as its upstream stands there. */
  private Section elsewhere(Section wanted, Section put) {
    PoolKind kind = inStream(wanted.pool().id()) ? PoolKind.TCP : PoolKind.HTTP;
    return wanted.elsewhere(
        put.text().equals(wanted.text())
            ? EditedUpstream.state(
                wanted.servers().stream().map(CarriedServer::observed).toList(),
                Substitute.of(wanted.pool(), kind, answers).map(Substitute::endpoint))
            : EditedUpstream.stateOf(put.text()));
  }

  /** What Weir's balancer falls back to is there at any time. */
  private Set<EmptyPolicy.Status> always() {
    return isLive() ? Set.of(EmptyAnswers.DEFAULT) : Set.of();
  }

  private boolean isLive() {
    return !live.balanced().isEmpty();
  }

  private String head() {
    String head =
        """
        # The upstreams of proxy %s, kept by Weir. Changes made here are overwritten.
        # Include this file inside http { }.
        """
            .formatted(proxy.value());
    boolean counts = live.balanced().values().stream().anyMatch(Balancing::countsConnections);
    return isLive() ? head + (counts ? liveText.countingHead() : liveText.head()) : head;
  }

  private String confirmServer(String fingerprint) {
    return isLive()
        ? opening(confirm)
            + liveText.location()
            + "    location / {\n        "
            + answer(fingerprint)
            + "\n    }\n}\n"
        : confirmServer(confirm, fingerprint);
  }

  /** The server that answers this fingerprint there. */
  static String confirmServer(String at, String fingerprint) {
    return opening(at) + "    " + answer(fingerprint) + "\n}\n";
  }

  private static String opening(String at) {
    return """
    server {
        listen %s default_server;
        access_log off;
        error_page 300 /;
        default_type text/plain;
    """
        .formatted(at);
  }

  private static String answer(String fingerprint) {
    return "return 200 \"weir %s $nginx_version $pid\";".formatted(fingerprint);
  }
}
