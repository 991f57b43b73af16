package dev.weir.testkit.real;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A program that some tests need installed, and how to find it. */
public enum Server {
  /** The nginx web server. */
  NGINX("nginx", "nginx"),
  /** nginx's Lua module, which brings the one that it needs itself. */
  NGINX_LUA("ngx_http_lua_module.so", "libnginx-mod-http-lua"),
  /** nginx's module that passes on connections and datagrams. */
  NGINX_STREAM("ngx_stream_module.so", "libnginx-mod-stream"),
  /** The HAProxy load balancer. */
  HAPROXY("haproxy", "haproxy"),
  /** The Docker Engine's daemon. */
  DOCKERD("dockerd", "docker.io"),
  /** Many small programs in one file without libraries, for containers. */
  BUSYBOX("busybox", "busybox-static"),
  /** A small DNS server. */
  DNSMASQ("dnsmasq", "dnsmasq-base"),
  /** An agent of a Serf cluster. */
  SERF("serf", "serf"),
  /** A process manager, whose programs may be members. */
  SUPERVISORD("supervisord", "supervisor"),
  /** The etcd store. */
  ETCD("etcd", "etcd-server"),
  /** The Redis store. */
  REDIS("redis-server", "redis-server"),
  /** The ZooKeeper store: an archive for the JVM, with those that it needs named in it. */
  ZOOKEEPER("zookeeper.jar", "libzookeeper-java"),
  /** Python, with its standard library. */
  PYTHON("python3", "python3"),
  /** Prometheus' tool that checks metrics and rules. */
  PROMTOOL("promtool", "prometheus"),
  /** Python with Jinja2, the engine that Jinja templates are compared with. */
  PYTHON_JINJA("python3", "python3-jinja2"),
  /** The tool of the Go language, which brings the template engine that ours is checked against. */
  GO("go", "golang-go");

  /**
   * Where system programs, modules and archives live that an ordinary user's {@code PATH} often
   * leaves out.
   */
  private static final List<String> SYSTEM_FOLDERS =
      List.of(
          "/usr/local/sbin",
          "/usr/sbin",
          "/sbin",
          "/usr/local/bin",
          "/usr/bin",
          "/bin",
          "/usr/lib/nginx/modules",
          "/usr/share/java");

  private final String command;
  private final String debianPackage;

  Server(String command, String debianPackage) {
    this.command = command;
    this.debianPackage = debianPackage;
  }

  /** The name of the executable. */
  public String command() {
    return command;
  }

  /** The Debian package that brings it. */
  public String debianPackage() {
    return debianPackage;
  }

  /** The executable on this machine, or empty when it is not installed. */
  public Optional<Path> find() {
    return find(System.getenv("PATH") == null ? "" : System.getenv("PATH"), SYSTEM_FOLDERS);
  }

  /**
   * The executable on this machine.
   *
   * @throws IllegalStateException when it is not installed; a test that calls this is annotated
   *     with {@link RequiresServer}
   */
  public Path path() {
    return find().orElseThrow(() -> new IllegalStateException(missing()));
  }

  /** One sentence for the reader of a test report: what is missing and what to do. */
  String missing() {
    return command
        + " is not installed (looked in PATH and "
        + String.join(", ", SYSTEM_FOLDERS)
        + "): apt-get install "
        + debianPackage
        + ", or run ./test";
  }

  Optional<Path> find(String searchPath, List<String> more) {
    Set<String> folders = new LinkedHashSet<>();
    Stream.concat(Arrays.stream(searchPath.split(File.pathSeparator, -1)), more.stream())
        .filter(folder -> !folder.isBlank())
        .forEach(folders::add);
    return folders.stream()
        .map(folder -> Path.of(folder, command))
        .filter(file -> Files.isRegularFile(file) && runs(file))
        .findFirst();
  }

  /** Modules and archives are loaded, not executed. */
  private static boolean runs(Path file) {
    return file.toString().matches(".*\\.(so|jar)") || Files.isExecutable(file);
  }
}
