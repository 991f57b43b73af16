package dev.weir.bench;

import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A web site to measure on: one nginx or HAProxy on loopback, a folder with every file, and the
 * member lists that Weir reads.
 */
final class Site implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What is measured. */
  enum Way {
    NGINX_RELOAD("nginx by reload"),
    NGINX_LIVE("nginx at run time"),
    HAPROXY_LIVE("HAProxy at run time"),
    HAPROXY_RELOAD("HAProxy by reload");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    boolean nginx() {
      return this == NGINX_RELOAD || this == NGINX_LIVE;
    }

    /** Whether members change without a reload. */
    boolean live() {
      return this == NGINX_LIVE || this == HAPROXY_LIVE;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private final Way way;
  private final String proxyKeys;
  private final Path folder;
  private final int port;
  private final int confirm;
  private final int api;
  private final List<AutoCloseable> open = new ArrayList<>();

  /**
   * Writes the files; nothing runs yet.
   *
   * @param pools names of the pools; clients reach the first one
   * @param poolKeys further keys of every pool, in YAML flow style, {@code check: tcp}
   */
  Site(Way way, List<String> pools, String poolKeys) throws IOException {
    this(way, pools, poolKeys, "");
  }

  /**
   * @param proxyKeys further keys of the proxy, likewise
   */
  Site(Way way, List<String> pools, String poolKeys, String proxyKeys) throws IOException {
    this.way = way;
    this.proxyKeys = proxyKeys;
    this.folder = Files.createTempDirectory("weir-bench-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Integer> ports = FreePorts.take(3);
    this.port = ports.get(0);
    this.confirm = ports.get(1);
    this.api = ports.get(2);
    for (String pool : pools) {
      members(pool, List.of());
    }
    Files.writeString(folder.resolve("weir.yaml"), weirYaml(pools, poolKeys));
    Files.writeString(folder.resolve("proxy.conf"), fill(way.nginx() ? NGINX : HAPROXY, pools));
  }

  Path folder() {
    return folder;
  }

  int port() {
    return port;
  }

  /** Where Weir's API is read. */
  int api() {
    return api;
  }

  /** The admin socket of HAProxy. */
  Path socket() {
    return folder.resolve("haproxy.sock");
  }

  /**
   * Adds to nginx's configuration two servers that answer, as members, and a port that passes on to
   * both through an upstream of the user's, as clients of the first pool are.
   *
   * @return that port, and those of the members
   */
  List<Integer> sameInStatic() throws IOException {
    List<Integer> ports = FreePorts.take(3);
    String text =
        """
          upstream fixed {
            zone fixed 64k;
            server 127.0.0.1:@ONE@;
            server 127.0.0.1:@TWO@;
            keepalive 64;
          }
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          server { listen 127.0.0.1:@FIXED@; location / { proxy_pass http://fixed; } }
          server { listen 127.0.0.1:@ONE@; listen 127.0.0.1:@TWO@; return 200 "answered"; }
        }
        """
            .replace("@FIXED@", ports.get(0).toString())
            .replace("@ONE@", ports.get(1).toString())
            .replace("@TWO@", ports.get(2).toString());
    addToHttp(text);
    return ports;
  }

  /** Adds to nginx's configuration a port at which connections of WebSocket reach a pool. */
  int webSockets(String pool) throws IOException {
    int at = FreePorts.one();
    addToHttp(
        """
          server {
            listen 127.0.0.1:%d;
            location / {
              proxy_pass http://%s;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection upgrade;
            }
          }
        }
        """
            .formatted(at, pool));
    return at;
  }

  /**
   * @param text with the end of the block
   */
  private void addToHttp(String text) throws IOException {
    Path conf = folder.resolve("proxy.conf");
    String former = Files.readString(conf).stripTrailing();
    Files.writeString(conf, former.substring(0, former.length() - 1) + text);
  }

  /** The command that checks the configuration in force. */
  List<String> check() {
    return way.nginx()
        ? List.of("nginx", "-t", "-p", folder + "/", "-c", conf())
        : List.of("haproxy", "-c", "-f", conf(), "-f", owned().toString());
  }

  /** Starts the proxy; Weir must have written its file before, or the pools are empty. */
  Started startProxy() throws IOException, InterruptedException {
    List<String> command =
        way.nginx()
            ? List.of("nginx", "-p", folder + "/", "-c", conf())
            : List.of(
                "haproxy",
                "-W",
                "-f",
                conf(),
                "-f",
                owned().toString(),
                "-p",
                folder + "/proxy.pid");
    Started proxy = Started.start("proxy", folder, command).awaitPort(port, PATIENCE);
    open.add(proxy);
    return proxy;
  }

  /** Lets Weir write its file once, as before the first start of a proxy. */
  void prepare(Path checkout) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            checkout.resolve("weir").toString(),
            "run",
            "--once",
            "-c",
            folder.resolve("weir.yaml").toString());
    try (Started once = Started.start("prepare", folder, command)) {
      int code = once.awaitExit(PATIENCE);
      if (code != 0) {
        throw new IOException("weir run --once ended with " + code + ":\n" + once.log());
      }
    }
  }

  /** Changes Weir's configuration before it is read. */
  void configure(UnaryOperator<String> change) throws IOException {
    Path yaml = folder.resolve("weir.yaml");
    Files.writeString(yaml, change.apply(Files.readString(yaml)));
  }

  /** Starts Weir and waits for nothing. */
  WeirProcess startWeirUnready(Path checkout, WeirProcess.Mode mode) throws IOException {
    WeirProcess weir = WeirProcess.start(checkout, folder, mode);
    open.add(weir);
    return weir;
  }

  /** Starts Weir and waits until it is ready. */
  WeirProcess startWeir(Path checkout, WeirProcess.Mode mode)
      throws IOException, InterruptedException {
    WeirProcess weir = startWeirUnready(checkout, mode);
    weir.process().await("readiness", PATIENCE, () -> ready());
    return weir;
  }

  /** Whether Weir says that every source has reported and every proxy has had an outcome. */
  boolean ready() {
    try {
      return get("/readyz").startsWith("HTTP/1.1 200");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** How often Weir has reloaded the proxy. */
  long reloads() throws IOException {
    return counter("weir_applies_total{", "way=\"reload\"", "outcome=\"applied\"");
  }

  /** The value of a counter that Weir exports. */
  private long counter(String... parts) throws IOException {
    return get("/metrics")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .filter(line -> Stream.of(parts).allMatch(line::contains))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
        .sum();
  }

  /** An answer of the API, with its head. */
  String get(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api)) {
      socket.setSoTimeout(5000);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                  .formatted(path, api)
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Replaces the member list of a pool in one step; each is {@code NAME=ADDRESS}, or {@code
   * NAME=ADDRESS=WEIGHT}.
   */
  void members(String pool, Collection<String> members) throws IOException {
    putInForce(pool, staged(pool, members));
  }

  /** Writes a member list beside the one in force. */
  Path staged(String pool, Collection<String> members) throws IOException {
    String text =
        members.stream()
            .map(member -> member.split("=", 3))
            .map(m ->
                "{\"name\": \"%s\", \"address\": \"%s\", \"weight\": %s}"
                    .formatted(m[0], m[1], m.length == 3 ? m[2] : "1"))
            .collect(Collectors.joining(",\n", "[", "]\n"));
    Path fresh = folder.resolve(pool + ".json.new");
    return Files.writeString(fresh, text);
  }

  /** Replaces the member list of a pool by one that is {@link #staged}. */
  void putInForce(String pool, Path staged) throws IOException {
    Files.move(staged, folder.resolve(pool + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }

  static String member(Backend backend) {
    return backend.name() + "=" + backend.address();
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable each : open.reversed()) {
      closeQuietly(each);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void closeQuietly(AutoCloseable each) throws IOException {
    try {
      each.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private String conf() {
    return folder.resolve("proxy.conf").toString();
  }

  /** Weir's file. */
  Path owned() {
    return folder.resolve("weir-owned.conf");
  }

  private String weirYaml(List<String> pools, String poolKeys) {
    String extra = way == Way.HAPROXY_RELOAD ? RELOADED : "";
    String definitions =
        pools.stream()
            .map(pool ->
                "  %s: { sources: [ { file: '%s' } ], %s%s }\n"
                    .formatted(pool, folder.resolve(pool + ".json"), poolKeys, extra))
            .collect(Collectors.joining());
    return fill(way.nginx() ? WEIR_NGINX : WEIR_HAPROXY, pools)
        .replace("@DEFINITIONS@", definitions);
  }

  private String fill(String text, List<String> pools) {
    return text.replace("@FOLDER@", folder.toString())
        .replace("@PORT@", Integer.toString(port))
        .replace("@CONFIRM@", Integer.toString(confirm))
        .replace("@API@", Integer.toString(api))
        .replace("@KEYS@", proxyKeys)
        .replace("@MODULES@", way == Way.NGINX_LIVE ? LUA : "")
        .replace("@FIRST@", pools.getFirst())
        .replace("@POOLS@", String.join(", ", pools));
  }

  /**
   * A static algorithm, and a parameter that is the member's own: no server stands ready for it.
   */
  private static final String RELOADED =
      ", haproxy: { directives: [balance static-rr, 'cookie SRV insert indirect'],"
          + " server: 'cookie {port}' }";

  private static final String WEIR_NGINX =
      """
      state: @FOLDER@/state
      api: [ { listen: 'unix:@FOLDER@/api.sock' }, { listen: '127.0.0.1:@API@' } ]
      pools:
      @DEFINITIONS@
      proxies:
        edge:
          nginx:
            upstreams: @FOLDER@/weir-owned.conf
            config: @FOLDER@/proxy.conf
            pid: @FOLDER@/proxy.pid
            confirm: 127.0.0.1:@CONFIRM@
          pools: [@POOLS@]
      """;

  private static final String WEIR_HAPROXY =
      """
      state: @FOLDER@/state
      api: [ { listen: 'unix:@FOLDER@/api.sock' }, { listen: '127.0.0.1:@API@' } ]
      pools:
      @DEFINITIONS@
      proxies:
        edge:
          haproxy:
            backends: @FOLDER@/weir-owned.conf
            config: [@FOLDER@/proxy.conf]
            sockets: [@FOLDER@/haproxy.sock]
            pid: @FOLDER@/proxy.pid
          pools: [@POOLS@]
          @KEYS@
      """;

  /** With these, Weir changes members without a reload. */
  private static final String LUA =
      """
      load_module /usr/lib/nginx/modules/ndk_http_module.so;
      load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
      """;

  private static final String NGINX =
      """
      @MODULES@
      daemon off;
      pid @FOLDER@/proxy.pid;
      error_log @FOLDER@/error.log warn;
      worker_processes 2;
      events { worker_connections 2048; }
      http {
        access_log off;
        keepalive_requests 1000000;
        client_body_temp_path @FOLDER@/t1;
        proxy_temp_path @FOLDER@/t2;
        fastcgi_temp_path @FOLDER@/t3;
        uwsgi_temp_path @FOLDER@/t4;
        scgi_temp_path @FOLDER@/t5;
        include @FOLDER@/weir-owned.conf;
        server {
          listen 127.0.0.1:@PORT@;
          location / { proxy_pass http://@FIRST@; }
        }
      }
      """;

  private static final String HAPROXY =
      """
      global
        stats socket @FOLDER@/haproxy.sock mode 600 level admin
        maxconn 4096
      defaults
        mode http
        timeout connect 1s
        timeout client 60s
        timeout server 30s
        retries 3
        option redispatch 1
        retry-on conn-failure empty-response
      frontend edge
        bind 127.0.0.1:@PORT@
        default_backend @FIRST@
      """;
}
