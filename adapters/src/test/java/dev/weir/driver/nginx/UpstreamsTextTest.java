package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.driver.nginx.UpstreamsText.Rendered;
import dev.weir.model.Address;
import dev.weir.model.Because;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.testkit.contract.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UpstreamsTextTest {

  private static final PoolId WEB = new PoolId("web");
  private static final PoolId SHOP = new PoolId("shop");

  @Test
  void the_whole_file() {
    Rendered rendered =
        texts(around("max_fails=2 fail_timeout=5s", "least_conn", "keepalive 32;"))
            .render(
                Wanted.state(
                    Wanted.pool(WEB)
                        .ready("web-1", at("10.0.0.1:80"))
                        .ready("web-2", at("[2001:db8::1]:80"), 3)
                        .drain("web-3", at("10.0.0.3:80"))
                        .maint("web-4", at("unix:/run/app.sock"))
                        .backup("web-5", at("10.0.0.5:80")),
                    Wanted.pool(SHOP).empty(new EmptyPolicy.Status(410))));
    assertThat(rendered.text())
        .isEqualTo(
            """
            # The upstreams of proxy edge, kept by Weir. Changes made here are overwritten.
            # Include this file inside http { }.

            upstream shop_up {
                server 127.7.4.10:7781 max_fails=0; # (no member is ready)
            }

            upstream web_up {
                least_conn;
                keepalive 32;
                server 10.0.0.1:80 max_fails=2 fail_timeout=5s; # web-1 ready
                server [2001:db8:0:0:0:0:0:1]:80 weight=3 max_fails=2 fail_timeout=5s; # web-2 ready
                server 10.0.0.3:80 max_fails=2 fail_timeout=5s down; # web-3 drain
                server unix:/run/app.sock max_fails=2 fail_timeout=5s down; # web-4 maint
                server 10.0.0.5:80 max_fails=2 fail_timeout=5s backup; # web-5 ready
            }

            server {
                listen 127.7.4.10:7781 default_server;
                access_log off;
                error_page 300 /;
                large_client_header_buffers 8 64k;
                return 410;
            }
            server {
                listen 127.7.5.3:7781 default_server;
                access_log off;
                error_page 300 /;
                large_client_header_buffers 8 64k;
                return 503;
            }
            server {
                listen 127.0.0.1:7781 default_server;
                access_log off;
                error_page 300 /;
                default_type text/plain;
                return 200 "weir %s $nginx_version $pid";
            }
            """
                .formatted(rendered.fingerprint()));
    assertThat(UpstreamsText.fingerprintIn(rendered.text())).contains(rendered.fingerprint());
  }

  @Test
  void a_member_that_leaves_is_left_out_at_once_and_an_adopted_one_stays() {
    DesiredPool pool =
        DesiredPool.of(
            WEB,
            List.of(
                member("gone", ServerState.DRAIN, Because.Cause.DEPARTED),
                member("ending", ServerState.DRAIN, Because.Cause.SOURCE_DRAINING),
                member("dead", ServerState.MAINT, Because.Cause.CHECK_FAILED),
                member("held", ServerState.READY, Because.Cause.HELD),
                member("adopted", ServerState.MAINT, Because.Cause.ADOPTED)),
            List.of(),
            EmptyPolicy.DEFAULT);
    assertThat(Section.of(pool, carried(WEB, "web_up", NginxSurroundings.NONE), answers()).text())
        .contains("# held ready", "down; # adopted maint")
        .doesNotContain("gone", "ending", "dead");
  }

  @Test
  void backups_alone_are_normal_servers() {
    assertThat(section(around(""), Wanted.pool(WEB).backup("b", at("10.0.0.1:80"))))
        .contains("server 10.0.0.1:80; # b ready");
    assertThat(
            section(
                around(""),
                Wanted.pool(WEB).backup("b", at("10.0.0.1:80")).maint("m", at("10.0.0.2:80"))))
        .contains("server 10.0.0.1:80; # b ready", "server 10.0.0.2:80 down; # m maint");
  }

  @Test
  void where_the_method_refuses_backups_they_wait_outside() {
    NginxSurroundings hashed = around("", "ip_hash");
    Wanted mixed = Wanted.pool(WEB).ready("n", at("10.0.0.1:80")).backup("b", at("10.0.0.2:80"));
    assertThat(section(hashed, mixed)).contains("# n ready").doesNotContain("10.0.0.2");
    assertThat(section(hashed, Wanted.pool(WEB).backup("b", at("10.0.0.2:80"))))
        .contains("server 10.0.0.2:80; # b ready");
  }

  @Test
  void an_empty_pool_answers_as_it_is_told() {
    assertThat(section(around(""), Wanted.pool(WEB)))
        .contains("server 127.7.5.3:7781 max_fails=0; # (no member is ready)");
    assertThat(
            section(
                around(""),
                Wanted.pool(WEB)
                    .maint("m", at("10.0.0.1:80"))
                    .empty(new EmptyPolicy.Fallback(at("10.0.0.9:80")))))
        .contains("server 10.0.0.1:80 down; # m maint")
        .contains("server 10.0.0.9:80 max_fails=0; # (fallback)");
    assertThat(section(around(""), Wanted.pool(WEB).empty(new EmptyPolicy.Keep())))
        .contains("server 127.7.5.3:7781 max_fails=0; # (no member was ever ready)");
  }

  @Test
  void the_fingerprint_names_the_content() {
    UpstreamsText texts = texts(around(""));
    Rendered one = texts.render(Wanted.state(one(WEB, "10.0.0.1:80"), one(SHOP, "10.0.0.2:80")));
    Rendered turned = texts.render(Wanted.state(one(SHOP, "10.0.0.2:80"), one(WEB, "10.0.0.1:80")));
    Rendered other = texts.render(Wanted.state(one(WEB, "10.0.0.3:80"), one(SHOP, "10.0.0.2:80")));
    assertThat(turned.text()).isEqualTo(one.text());
    assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    assertThat(
            texts(around("max_fails=3"))
                .render(Wanted.state(one(WEB, "10.0.0.1:80"), one(SHOP, "10.0.0.2:80")))
                .fingerprint())
        .isNotEqualTo(one.fingerprint());
  }

  @Test
  void sections_of_unchanged_pools_are_not_written_again() {
    UpstreamsText texts = texts(around(""));
    Rendered one = texts.render(Wanted.state(one(WEB, "10.0.0.1:80"), one(SHOP, "10.0.0.2:80")));
    Rendered two = texts.render(Wanted.state(one(WEB, "10.0.0.9:80"), one(SHOP, "10.0.0.2:80")));
    assertThat(two.sections().getFirst()).isSameAs(one.sections().getFirst());
    assertThat(two.sections().getLast()).isNotSameAs(one.sections().getLast());
  }

  @Test
  void a_pool_that_is_not_carried_is_an_error() {
    assertThatThrownBy(
            () -> texts(around("")).render(Wanted.state(Wanted.pool(new PoolId("other")))))
        .hasMessageContaining("pool other is not carried by proxy edge");
  }

  @Test
  void pools_of_tcp_and_udp_stand_in_the_file_of_stream() {
    List<Carried<NginxSurroundings>> pools =
        List.of(
            carried(WEB, "web_up", NginxSurroundings.NONE),
            new Carried<>(
                SHOP, "dns", around("", "hash $remote_addr"), DrainPolicy.DEFAULT, PoolKind.UDP));
    Rendered rendered =
        texts(Optional.of(Path.of("/etc/nginx/weir/stream.conf")), pools)
            .render(Wanted.state(one(WEB, "10.0.0.1:80"), Wanted.pool(SHOP)));
    assertThat(rendered.text()).contains("upstream web_up {").doesNotContain("upstream dns {");
    assertThat(rendered.stream())
        .contains(
            """
            # The upstreams of proxy edge in stream, kept by Weir. Changes made here are overwritten.
            # Include this file inside stream { }.

            upstream dns {
                hash $remote_addr;
                server 127.0.0.1:1 down; # (no member is ready)
            }

            server {
                listen 127.7.0.1:7781;
                access_log off;
                return "weir %s $nginx_version $pid\\n";
            }
            """
                .formatted(rendered.fingerprint().hex()));
    assertThat(UpstreamsText.listeners(rendered.stream().orElseThrow()))
        .containsExactly((Endpoint.Ip) at("127.7.0.1:7781"));
  }

  @Test
  void what_changes_in_stream_changes_the_fingerprint_of_both() {
    List<Carried<NginxSurroundings>> pools =
        List.of(
            new Carried<>(SHOP, "db", NginxSurroundings.NONE, DrainPolicy.DEFAULT, PoolKind.TCP));
    UpstreamsText texts = texts(Optional.of(Path.of("/etc/nginx/weir/stream.conf")), pools);
    Rendered before = texts.render(Wanted.state(one(SHOP, "10.0.0.1:3306")));
    Rendered after = texts.render(Wanted.state(one(SHOP, "10.0.0.2:3306")));
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(after.text()).contains(after.fingerprint().hex());
    assertThat(after.stream().orElseThrow()).contains(after.fingerprint().hex());
  }

  @Test
  void backups_alone_are_written_as_normal_servers_in_stream_too() {
    List<Carried<NginxSurroundings>> pools =
        List.of(
            new Carried<>(SHOP, "db", NginxSurroundings.NONE, DrainPolicy.DEFAULT, PoolKind.TCP));
    UpstreamsText texts = texts(Optional.of(Path.of("/etc/nginx/weir/stream.conf")), pools);
    Wanted both =
        Wanted.pool(SHOP)
            .ready("replica", at("10.0.0.2:3306"))
            .backup("primary", at("10.0.0.1:3306"));
    assertThat(texts.render(Wanted.state(both)).stream().orElseThrow())
        .contains("server 10.0.0.1:3306 backup; # primary ready");
    Wanted alone = Wanted.pool(SHOP).backup("primary", at("10.0.0.1:3306"));
    assertThat(texts.render(Wanted.state(alone)).stream().orElseThrow())
        .contains("server 10.0.0.1:3306; # primary ready");
  }

  private static Wanted one(PoolId pool, String address) {
    return Wanted.pool(pool).ready("m", at(address));
  }

  private static String section(NginxSurroundings around, Wanted pool) {
    return Section.of(pool.build(), carried(WEB, "web_up", around), answers()).text();
  }

  private static UpstreamsText texts(NginxSurroundings web) {
    return texts(
        Optional.empty(),
        List.of(carried(WEB, "web_up", web), carried(SHOP, "shop_up", NginxSurroundings.NONE)));
  }

  private static UpstreamsText texts(
      Optional<Path> stream, List<Carried<NginxSurroundings>> pools) {
    NginxOptions options =
        new NginxOptions(
            Path.of("/etc/nginx/weir/upstreams.conf"),
            stream,
            List.of(),
            Optional.empty(),
            Path.of("/etc/nginx/nginx.conf"),
            "nginx",
            Path.of("/run/nginx.pid"),
            Confirm.loopback("127.0.0.1:7781"),
            NginxOptions.Update.AUTO,
            new ReloadWay.Signal());
    return new UpstreamsText(
        new ProxyName("edge"),
        options,
        pools,
        new UpstreamsText.Live(
            LivePools.NONE,
            new LiveText(new LiveFiles(Path.of("/etc/nginx/weir/up.conf"), Checkpoints.NONE), "")),
        new FrozenPools());
  }

  private static NginxSurroundings around(String server, String... directives) {
    return new NginxSurroundings(
        List.of(directives).stream().map(Surroundings::directive).toList(),
        Surroundings.server(server));
  }

  private static Carried<NginxSurroundings> carried(
      PoolId pool, String as, NginxSurroundings around) {
    return new Carried<>(pool, as, around);
  }

  private static EmptyAnswers answers() {
    return new EmptyAnswers(7781);
  }

  private static DesiredMember member(String name, ServerState state, Because.Cause cause) {
    Endpoint endpoint = at("10.1.0." + name.length() + ":80");
    return new DesiredMember(
        new MemberId(WEB, endpoint),
        name,
        endpoint,
        state,
        1,
        false,
        new TreeMap<>(),
        new Because(cause, "a test"));
  }

  private static Endpoint at(String text) {
    return (Endpoint) Address.parse(text);
  }
}
