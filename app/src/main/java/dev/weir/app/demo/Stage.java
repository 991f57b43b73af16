package dev.weir.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder and the ports of a demonstration, and the files in it.
 *
 * @param folder of its own; removed with everything in it
 */
record Stage(Path folder, Ports ports) {

  /** Free when they were looked for. */
  record Ports(int nginx, int confirm, int haproxy, int api, List<Integer> backends) {
    Ports {
      backends = List.copyOf(backends);
    }
  }

  static Stage set(int backends) throws IOException {
    Path folder = Files.createTempDirectory("weir-demo-");
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 4 + backends; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> free = held.stream().map(ServerSocket::getLocalPort).toList();
      Ports ports =
          new Ports(
              free.get(0), free.get(1), free.get(2), free.get(3), free.subList(4, free.size()));
      Stage stage = new Stage(folder, ports);
      stage.write();
      return stage;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The list of members as Weir's file source reads it, replaced in one step. */
  void members(List<Backend> members) throws IOException {
    String text =
        members.stream()
            .map(backend ->
                "{\"address\": \"%s\", \"name\": \"%s\"}"
                    .formatted(backend.address(), backend.name()))
            .collect(Collectors.joining(",\n ", "[", "]\n"));
    Path fresh = file("members.json.new");
    Files.writeString(fresh, text);
    Files.move(fresh, file("members.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  List<String> nginx() {
    return List.of("nginx", "-p", folder + "/", "-c", file("nginx.conf").toString());
  }

  List<String> haproxy() {
    return List.of(
        "haproxy",
        "-W",
        "-f",
        file("haproxy.cfg").toString(),
        "-f",
        file("weir-haproxy.cfg").toString(),
        "-p",
        file("haproxy.pid").toString());
  }

  /** Removes the folder. */
  void strike() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void write() throws IOException {
    Files.writeString(file("weir.yaml"), filled(WEIR));
    Files.writeString(file("nginx.conf"), filled(NGINX));
    Files.writeString(file("haproxy.cfg"), filled(HAPROXY));
  }

  private String filled(String text) {
    return text.replace("@FOLDER@", folder.toString())
        .replace("@NGINX@", String.valueOf(ports.nginx()))
        .replace("@CONFIRM@", String.valueOf(ports.confirm()))
        .replace("@HAPROXY@", String.valueOf(ports.haproxy()))
        .replace("@API@", String.valueOf(ports.api()));
  }

  private static final String WEIR =
      """
      state: @FOLDER@/state
      api:
        - { listen: 'unix:@FOLDER@/api.sock' }
        - { listen: '127.0.0.1:@API@' }
      pools:
        web:
          sources: [ { file: @FOLDER@/members.json } ]
          check: { http: /healthz, every: 250ms, timeout: 500ms, rise: 1, fall: 2 }
          drain: { grace: 2s }
          nginx: { server: max_fails=0 }
          haproxy: { directives: [balance roundrobin] }
      proxies:
        edge:
          nginx:
            upstreams: @FOLDER@/weir-upstreams.conf
            config: @FOLDER@/nginx.conf
            pid: @FOLDER@/nginx.pid
            confirm: 127.0.0.1:@CONFIRM@
          pools: [web]
        inner:
          haproxy:
            backends: @FOLDER@/weir-haproxy.cfg
            config: [@FOLDER@/haproxy.cfg]
            sockets: [@FOLDER@/haproxy.sock]
            pid: @FOLDER@/haproxy.pid
          pools: [web]
      """;

  private static final String NGINX =
      """
      daemon off;
      pid @FOLDER@/nginx.pid;
      error_log @FOLDER@/nginx-error.log warn;
      worker_processes 2;
      events { worker_connections 512; }
      http {
        access_log off;
        client_body_temp_path @FOLDER@/nginx-body;
        proxy_temp_path @FOLDER@/nginx-proxy;
        fastcgi_temp_path @FOLDER@/nginx-fastcgi;
        uwsgi_temp_path @FOLDER@/nginx-uwsgi;
        scgi_temp_path @FOLDER@/nginx-scgi;
        include @FOLDER@/weir-upstreams.conf;
        server {
          listen 127.0.0.1:@NGINX@;
          location / {
            proxy_pass http://web;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_connect_timeout 1s;
            proxy_next_upstream error timeout;
            proxy_next_upstream_tries 3;
            add_header X-Tried $upstream_addr always;
          }
        }
      }
      """;

  private static final String HAPROXY =
      """
      global
        stats socket @FOLDER@/haproxy.sock mode 600 level admin
        maxconn 512
      defaults
        mode http
        timeout connect 1s
        timeout client 30s
        timeout server 10s
        retries 3
        option redispatch 1
        retry-on conn-failure empty-response
      frontend edge
        bind 127.0.0.1:@HAPROXY@
        http-response set-header X-Tried %rc
        default_backend web
      """;
}
