package dev.weir.kv.redis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kv.redis.RedisAddress;
import dev.weir.kv.redis.RedisOptions;
import dev.weir.kv.redis.RedisPatience;
import dev.weir.net.TlsFiles;
import dev.weir.secret.Secret;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedStore;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.SelfSigned;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to Redis. */
@RequiresServer(Server.REDIS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealRedisTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private RedisServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = RedisServer.start(folder, RedisServer.TELLING);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void empty() throws IOException {
    ask("FLUSHALL");
    ask("CONFIG", "SET", "notify-keyspace-events", RedisServer.TELLING);
  }

  private void ask(String... words) throws IOException {
    String ignored = server.ask(words);
  }

  @Test
  void theFieldsOfAHashAreKeysBelowIt() throws Exception {
    ask("HSET", "/web/members", "a", "10.0.0.1:80", "b", "10.0.0.2:80");
    ask("SET", "/web/members/c", "10.0.0.3:80");
    ask("HSET", "/web/members/more", "d", "10.0.0.4:80");
    ask("RPUSH", "/web/members/list", "x");
    Map<String, String> all =
        Map.of(
            "/web/members/a", "10.0.0.1:80",
            "/web/members/b", "10.0.0.2:80",
            "/web/members/c", "10.0.0.3:80",
            "/web/members/more/d", "10.0.0.4:80");
    watching(
        plain(),
        "/web/members/",
        watched -> {
          watched.awaitPairs(all);
          ask("HDEL", "/web/members", "a", "b");
          ask("DEL", "/web/members/more");
          watched.awaitPairs(Map.of("/web/members/c", "10.0.0.3:80"));
        });
    watching(
        plain(),
        "/web/members",
        watched -> watched.awaitPairs(Map.of("/web/members/c", "10.0.0.3:80")));
  }

  @Test
  void namesInRedisMayHaveAnotherSeparator() throws Exception {
    ask("SET", "web:members:a", "10.0.0.1:80");
    ask("HSET", "web:members", "b", "10.0.0.2:80");
    ask("SET", "web:member", "no");
    RedisOptions colons =
        new RedisOptions(
            plain().address(), TlsFiles.NONE, new RedisOptions.Keys(0, ":"), Optional.empty());
    watching(
        colons,
        "/web/members/",
        watched -> {
          watched.awaitPairs(
              Map.of("/web/members/a", "10.0.0.1:80", "/web/members/b", "10.0.0.2:80"));
          ask("SET", "web:members:c", "10.0.0.3:80");
          watched.awaitPairs(
              Map.of(
                  "/web/members/a", "10.0.0.1:80",
                  "/web/members/b", "10.0.0.2:80",
                  "/web/members/c", "10.0.0.3:80"));
        });
  }

  @Test
  void namesAreNoPatterns() throws Exception {
    ask("SET", "/w[e]b*?\\^/a", "1");
    ask("SET", "/web/b", "2");
    watching(
        plain(),
        "/w[e]b*?\\^/",
        watched -> {
          watched.awaitPairs(Map.of("/w[e]b*?\\^/a", "1"));
          ask("SET", "/w[e]b*?\\^/a", "3");
          watched.awaitPairs(Map.of("/w[e]b*?\\^/a", "3"));
        });
  }

  @Test
  void whoeverReadsForLongPausesForTenTimesAsLong() throws Exception {
    RedisPatience patience =
        new RedisPatience(
            PATIENCE, Duration.ofMillis(700), Duration.ofMillis(50), Duration.ofMillis(5));
    ask("SET", "/web/a", "1");
    LeisurelyTime told = new LeisurelyTime();
    try (KeyValueStore store = new LettuceClients().open(plain(), patience, told)) {
      assertThatThrownBy(() -> store.watch("/web/", pairs -> change("/web/a")))
          .isInstanceOf(InterruptedException.class);
    }
    ask("CONFIG", "SET", "notify-keyspace-events", "");
    LeisurelyTime silent = new LeisurelyTime();
    try (KeyValueStore store = new LettuceClients().open(plain(), patience, silent)) {
      assertThatThrownBy(() -> store.watch("/web/", pairs -> {}))
          .isInstanceOf(InterruptedException.class);
    }
    // what is done meanwhile looks at the clock, too
    assertThat(told.slept()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    assertThat(silent.slept()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
  }

  private void change(String key) {
    try {
      ask("SET", key, "2");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A second has passed whenever somebody looks; the first sleep is the end. */
  private static final class LeisurelyTime implements Time {

    private final AtomicLong seconds = new AtomicLong();
    private final AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);

    Duration slept() {
      return slept.get();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusSeconds(seconds.get());
    }

    @Override
    public long nanos() {
      return Duration.ofSeconds(seconds.incrementAndGet()).toNanos();
    }

    @Override
    public void sleep(Duration howLong) throws InterruptedException {
      slept.set(howLong);
      throw new InterruptedException("slept");
    }

    @Override
    public void await(Lock lock, Condition condition, Duration atMost) {}
  }

  @Test
  void databasesAreApart() throws Exception {
    server.ask(List.of(List.of("SELECT", "3"), List.of("SET", "/db/a", "three")));
    ask("SET", "/db/a", "zero");
    RedisOptions third =
        new RedisOptions(
            plain().address(), TlsFiles.NONE, new RedisOptions.Keys(3, "/"), Optional.empty());
    watching(
        third,
        "/db/",
        watched -> {
          watched.awaitPairs(Map.of("/db/a", "three"));
          server.ask(List.of(List.of("SELECT", "3"), List.of("SET", "/db/b", "more")));
          watched.awaitPairs(Map.of("/db/a", "three", "/db/b", "more"));
        });
  }

  @Test
  void aKeyThatExpiresGoes() throws Exception {
    ask("SET", "/lease/a", "1", "PX", "300");
    watching(
        plain(),
        "/lease/",
        watched -> {
          watched.awaitPairs(Map.of("/lease/a", "1"));
          watched.awaitPairs(1, Map.of());
        });
  }

  /** Redis makes no news of that. */
  @Test
  void aDatabaseThatIsEmptiedAsAWholeIsNoticed() throws Exception {
    ask("SET", "/all/a", "1");
    watching(
        plain(),
        "/all/",
        watched -> {
          watched.awaitPairs(Map.of("/all/a", "1"));
          ask("FLUSHDB");
          watched.awaitPairs(1, Map.of());
        });
  }

  @Test
  void newsThatAreSwitchedOffAreMissedNoLongerThanTheSilence() throws Exception {
    ask("SET", "/quiet/a", "1");
    watching(
        plain(),
        "/quiet/",
        watched -> {
          watched.awaitPairs(Map.of("/quiet/a", "1"));
          ask("CONFIG", "SET", "notify-keyspace-events", "");
          ask("SET", "/quiet/a", "2");
          watched.awaitPairs(Map.of("/quiet/a", "2"));
          ask("SET", "/quiet/a", "3");
          watched.awaitPairs(Map.of("/quiet/a", "3"));
        });
  }

  @Test
  void whileNothingHappensAFewBytesAreSent() throws Exception {
    try (RedisWorld world = new RedisWorld(server);
        KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root(), PATIENCE)) {
      watched.awaitPairs(Map.of());
      for (int i = 0; i < 3; i++) {
        long before = world.relay().bytes();
        await().atMost(PATIENCE).until(() -> world.relay().bytes() > before);
        assertThat(world.relay().bytes() - before).isLessThan(200);
      }
      assertThat(world.relay().connections()).isEqualTo(2);
      assertThat(watched.count()).isOne();
    }
  }

  @Test
  void aProcessThatHangsIsFoundOutAndTakenBack() throws Exception {
    ask("SET", "/hung/a", "1");
    watching(
        plain(),
        "/hung/",
        watched -> {
          watched.awaitPairs(Map.of("/hung/a", "1"));
          server.signal("STOP");
          try {
            assertThat(watched.awaitFailure(1)).hasMessageContaining("no answer within 1000 ms");
          } finally {
            server.signal("CONT");
          }
          watched.awaitPairs(watched.count(), Map.of("/hung/a", "1"));
        });
  }

  @Test
  void tenThousandMembersAreReadAtOnce() throws Exception {
    Map<String, String> all = new TreeMap<>();
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String key = "/many/member-%05d".formatted(i);
      String value = "10.0.%d.%d:80".formatted(i / 250, i % 250);
      all.put(key, value);
      commands.add(List.of("SET", key, value));
    }
    server.ask(commands);
    watching(
        plain(),
        "/many/",
        watched -> {
          watched.awaitPairs(all);
          assertThat(watched.told()).hasSize(1);
        });
  }

  @Test
  void bytesThatAreNoTextSpoilNoOtherKey() throws Exception {
    ask("SET", "/bytes/a\r\n*1", "\u0000\r\n$-1");
    server.ask("EVAL", "redis.call('SET', '/bytes/b', '\\255\\254')", "0");
    watching(
        plain(),
        "/bytes/",
        watched ->
            watched.awaitPairs(
                Map.of("/bytes/a\r\n*1", "\u0000\r\n$-1", "/bytes/b", "\ufffd\ufffd")));
  }

  @Test
  void whoeverMayReadThePrefixOnlyReadsIt(@TempDir Path folder) throws Exception {
    Path right = Files.writeString(folder.resolve("right"), "s3cret\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "guess\n");
    ask(
        "ACL",
        "SETUSER",
        "reader",
        "on",
        ">s3cret",
        "resetchannels",
        "&__keyspace@0__:/acl/*",
        "&__keyspace@0__:/acl",
        "%R~/acl*",
        "+@read",
        "+@connection",
        "+psubscribe",
        "+dbsize");
    ask("SET", "/acl/a", "1");
    RedisOptions reader = as(Optional.of("reader"), right);
    watching(
        reader,
        "/acl",
        watched -> {
          watched.awaitPairs(Map.of("/acl/a", "1"));
          ask("SET", "/acl/a", "2");
          watched.awaitPairs(Map.of("/acl/a", "2"));
          assertThat(watched.told()).allMatch(WatchedStore.Told.Pairs.class::isInstance);
        });
    assertThat(failure(reader, "/other"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NOPERM");
    assertThat(failure(as(Optional.of("reader"), wrong), "/acl"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageNotContaining("guess");
  }

  @Test
  void aPasswordThatIsMissingIsSaid(@TempDir Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "s3cret");
    try (RedisServer guarded =
        RedisServer.start(folder, RedisServer.TELLING, "--requirepass", "s3cret")) {
      RedisOptions open = RedisWorld.plain(guarded.port());
      assertThat(failure(open, "/a"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("NOAUTH");
      RedisOptions known =
          new RedisOptions(
              open.address(),
              TlsFiles.NONE,
              open.keys(),
              Optional.of(new RedisOptions.Login(Optional.empty(), new Secret.InFile(password))));
      watching(known, "/a", watched -> watched.awaitPairs(Map.of()));
    }
  }

  @Test
  void tlsWithCertificatesOnBothSides(@TempDir Path folder) throws Exception {
    SelfSigned certificate = SelfSigned.create(folder, "ip:127.0.0.1", "dns:localhost");
    int port = FreePorts.one();
    try (RedisServer secured =
        RedisServer.start(
            folder,
            RedisServer.TELLING,
            "--tls-port",
            Integer.toString(port),
            "--tls-cert-file",
            certificate.pem().toString(),
            "--tls-key-file",
            certificate.keyPem().toString(),
            "--tls-ca-cert-file",
            certificate.pem().toString())) {
      Optional<Path> pem = Optional.of(certificate.pem());
      TlsFiles both = new TlsFiles(pem, pem, Optional.of(certificate.keyPem()));
      watching(tls(port, both), "/a", watched -> watched.awaitPairs(Map.of()));
      watching(RedisWorld.plain(secured.port()), "/a", watched -> watched.awaitPairs(Map.of()));
      TlsFiles nobody = new TlsFiles(pem, Optional.empty(), Optional.empty());
      assertThat(failure(tls(port, nobody), "/a")).message().isNotBlank().doesNotContain("\n");
      assertThat(failure(tls(port, TlsFiles.NONE), "/a"))
          .hasMessageContaining("certification path");
    }
  }

  private static RedisOptions tls(int port, TlsFiles files) {
    return new RedisOptions(
        RedisAddress.parse("rediss://127.0.0.1:" + port),
        files,
        new RedisOptions.Keys(0, "/"),
        Optional.empty());
  }

  private RedisOptions plain() {
    return RedisWorld.plain(server.port());
  }

  private RedisOptions as(Optional<String> user, Path password) {
    return new RedisOptions(
        plain().address(),
        TlsFiles.NONE,
        plain().keys(),
        Optional.of(new RedisOptions.Login(user, new Secret.InFile(password))));
  }

  private static IOException failure(RedisOptions options, String prefix) throws Exception {
    try (KeyValueStore store = open(options);
        WatchedStore watched = WatchedStore.start(store, prefix, PATIENCE)) {
      return watched.awaitFailure(0);
    }
  }

  /** A test of a watch. */
  @FunctionalInterface
  private interface Watching {
    void run(WatchedStore watched) throws Exception;
  }

  private static void watching(RedisOptions options, String prefix, Watching test)
      throws Exception {
    try (KeyValueStore store = open(options);
        WatchedStore watched = WatchedStore.start(store, prefix, PATIENCE)) {
      test.run(watched);
    }
  }

  private static KeyValueStore open(RedisOptions options) {
    RedisPatience patience = RedisWorld.HASTY;
    return new LettuceClients().open(options, patience, Time.SYSTEM);
  }
}
