package dev.weir.rendered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Address;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.ProxyName;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RendererTest {

  private static final PoolId WEB = new PoolId("web");
  private static final PoolId SHOP = new PoolId("shop");
  private static final Path FILE = Path.of("/etc/nginx/n.conf");
  private static final Dialect DIALECT = new PlainDialect();

  private final Map<PoolId, CarriedPool> carried = new HashMap<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "{{range .pools}}{{.name}} {{.as}},{{end}} @ {% for p in pools %}{{ p.name }} {{ p.as }},{% endfor %} @ shop be_shop,web be_web,",
        "{{len .pool.web.members}} {{len .pool.web.ready}} @ {{ pool.web.members|length }} {{ pool.web.ready|length }} @ 3 1",
        "{{range .pool.web.members}}{{.name}}={{.state}} {{end}} @ {% for m in pool.web.members %}{{ m.name }}={{ m.state }} {% endfor %} @ b1=ready b2=drain b3=maint ",
        "{{with index .pool.web.members 0}}{{.id}} {{.host}} {{.port}} {{.address}} {{.weight}}{{end}} @ {% with m = pool.web.members[0] %}{{ m.id }} {{ m.host }} {{ m.port }} {{ m.address }} {{ m.weight }}{% endwith %} @ 10.0.0.1:80 10.0.0.1 80 at:10.0.0.1:80 7",
        "{{range .pool.web.members}}{{.because}} {{end}} @ {{ pool.web.members|map(attribute='because')|join(' ') }} @ check_passed operator_drain operator_disable",
        "{{with index .pool.shop.members 0}}{{.labels.zone}} {{.backup}}{{end}} @ {% with m = pool.shop.members[0] %}{{ m.labels.zone }} {{ m.backup|lower }}{% endwith %} @ a_b false",
        "{{(index .pool.web.members 0).labels.zone}} @ {{ pool.web.members[0].labels.get('zone', '') }} @ ''",
        "{{.pool.web.status}} {{.pool.shop.substitute}} @ {{ pool.web.status }} {{ pool.shop.substitute }} @ 410 at:10.9.9.9:80",
        "{{range .pool.web.directives}}{{.}};{{end}} @ {{ pool.web.directives|join(';') }}; @ balance leastconn;",
        "{{range .pool.web.ready}}{{.server}}{{end}} @ {{ pool.web.ready[0].server }} @ check inter 2s cookie b1",
        "{{.proxy}} @ {{ proxy }} @ edge",
      })
  void bothLanguagesSeeTheSame(String go, String jinja, String expected) {
    assertThat(rendered(".tmpl", go + "{{.weir}}")).isEqualTo(line(expected));
    assertThat(rendered(".j2", jinja + "{{ weir }}")).isEqualTo(line(expected));
  }

  private static String line(String expected) {
    return expected.strip() + "mark " + Rendering.HOLE + "\n";
  }

  private String rendered(String ending, String template) {
    return ((Rendering.Text) render(ending, template, state())).raw().replace(" mark", "mark");
  }

  /** The lines as ElasticPyProxy writes them, blanks included. */
  @Test
  void nodesAreTheLinesOfElasticPyProxy() {
    carried.put(WEB, new CarriedPool("be_web", PoolKind.HTTP, List.of(), ServerText.NONE));
    assertThat(nodes())
        .isEqualTo(
            """
                server node1 at:10.0.0.1:80 check \s
                server node2 at:10.0.0.2:80 check   disabled
            """);
    carried.put(WEB, pool("be_web", "inter 2s"));
    assertThat(nodes()).startsWith("    server node1 at:10.0.0.1:80 check inter 2s \n");
    carried.put(WEB, pool("be_web", "check maxconn 40"));
    assertThat(nodes()).startsWith("    server node1 at:10.0.0.1:80 check  maxconn 40\n");
    carried.put(WEB, pool("be_web", "check maxconn 40 inter 3s ssl verify none"));
    assertThat(nodes())
        .startsWith("    server node1 at:10.0.0.1:80 check inter 3s maxconn 40 ssl verify none\n");
  }

  private String nodes() {
    DesiredState one =
        Wanted.state(Wanted.pool(WEB).ready("b1", at("10.0.0.1")).maint("b2", at("10.0.0.2")));
    String text = ((Rendering.Text) render(".j2", "{{ nodes }}{{ weir }}", one)).raw();
    return text.substring(0, text.indexOf("mark"));
  }

  @Test
  void ofSeveralPoolsEachHasItsNodes() {
    assertThat(failure(".j2", "{{ nodes }}{{ weir }}")).contains("1:4: 'nodes' is undefined");
    assertThat(rendered(".tmpl", "{{len .pool.shop.nodes}}{{.weir}}")).startsWith("40");
  }

  @Test
  void theFileAlwaysEndsWithALineEnd() {
    assertThat(raw("{{.weir}}")).endsWith(Rendering.HOLE + "\n");
    assertThat(raw("{{.weir}}\n")).endsWith(Rendering.HOLE + "\n").doesNotEndWith("\n\n");
  }

  private String raw(String template) {
    return ((Rendering.Text) render(".tmpl", template, state())).raw();
  }

  @Test
  void theFingerprintIsOfTheTextAlone() {
    Rendering.Text one = (Rendering.Text) render(".tmpl", "a {{.weir}}", state());
    Rendering.Text same = (Rendering.Text) render(".j2", "{# b #}a {{ weir }}", state());
    Rendering.Text other = (Rendering.Text) render(".tmpl", "b {{.weir}}", state());

    assertThat(one.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(other.fingerprint());
    assertThat(one.with(one.fingerprint())).isEqualTo("a mark " + one.fingerprint() + "\n");
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    assertThat(failure(".tmpl", "x\n{{range .pols}}{{end}}"))
        .isEqualTo(
            """
            /etc/weir/t.tmpl:2:9: template: /etc/weir/t.tmpl:2:8: executing "/etc/weir/t.tmpl" at <.pols>: can't evaluate field pols in type data
            {{range .pols}}{{end}}
                    ^\
            """);
    assertThat(failure(".j2", "x\n{{ pool.web.membrs }}"))
        .startsWith("/etc/weir/t.j2:2:")
        .endsWith("^");
    assertThat(failure(".j2", "{% for %}")).startsWith("/etc/weir/t.j2:1:");
    assertThat(failure(".tmpl", "no mark"))
        .isEqualTo(
            "/etc/weir/t.tmpl does not place weir (expected: {{ .weir }} on a line of its own in the"
                + " middle; by it the running proxy tells what it runs)");
    Rendering unread = renderer(".tmpl").render(Optional.empty(), state());
    assertThat(unread)
        .isEqualTo(
            new Rendering.Failed(
                "/etc/weir/t.tmpl cannot be read (expected: a template in UTF-8)"));
  }

  private String failure(String ending, String template) {
    return ((Rendering.Failed) render(ending, template, state())).message();
  }

  @Test
  void aRefusalIsToldInTheLineOfTheTemplate() {
    String template =
        "{{.weir}}\n{{range .pool.web.ready}}\nserver {{.address}} wieght=1;\n{{end}}oops;\n";
    Rendering made = render(".tmpl", template, state());
    Outcome.Rejected data = new Outcome.Rejected("bad", Optional.of("/etc/nginx/n.conf:3"), true);
    Outcome.Rejected literal =
        new Outcome.Rejected("bad", Optional.of("/etc/nginx/n.conf:4"), false);

    assertThat(Refusals.explained(data, FILE, made))
        .isEqualTo(
            new Outcome.Rejected(
                "bad (/etc/weir/t.tmpl:3 writes that line: server at:10.0.0.1:80 wieght=1;)",
                data.place(),
                false));
    assertThat(Refusals.explained(literal, FILE, made))
        .isEqualTo(
            new Outcome.Rejected(
                "bad (/etc/weir/t.tmpl:4 writes that line: oops;)", literal.place(), true));
    Outcome.Rejected nowhere = new Outcome.Rejected("bad", Optional.empty(), false);
    assertThat(Refusals.explained(nowhere, FILE, made)).isEqualTo(nowhere);
  }

  @Test
  void aTemplateEndsInItsLanguage() {
    assertThatThrownBy(() -> new TemplateFile(Path.of("/etc/weir/nginx.conf")))
        .hasMessage("a name without a template language");
    assertThatThrownBy(() -> new TemplateFile(Path.of("nginx.conf.j2")))
        .hasMessage("not an absolute path");
  }

  private Rendering render(String ending, String template, DesiredState state) {
    return renderer(ending).render(Optional.of(template), state);
  }

  private Renderer renderer(String ending) {
    carried.putIfAbsent(
        WEB,
        new CarriedPool(
            "be_web",
            PoolKind.HTTP,
            List.of("balance leastconn"),
            ServerText.parse("check inter 2s cookie {name}")));
    carried.putIfAbsent(SHOP, pool("be_shop", ""));
    return new Renderer(
        new ProxyName("edge"), new TemplateFile(Path.of("/etc/weir/t" + ending)), DIALECT, carried);
  }

  private static CarriedPool pool(String as, String server) {
    return new CarriedPool(as, PoolKind.HTTP, List.of(), ServerText.parse(server));
  }

  private static DesiredState state() {
    TreeMap<String, String> zone = new TreeMap<>(Map.of("zone", "a\nb"));
    return Wanted.state(
        Wanted.pool(WEB)
            .ready("b1", at("10.0.0.1"), 7)
            .drain("b2", at("10.0.0.2"))
            .maint("b3", at("10.0.0.3"))
            .empty(new EmptyPolicy.Status(410)),
        Wanted.pool(SHOP)
            .labelled("s1", at("10.0.1.1"), zone)
            .empty(new EmptyPolicy.Fallback(at("10.9.9.9"))));
  }

  private static Endpoint at(String host) {
    return (Endpoint) Address.parse(host + ":80");
  }

  /** A proxy that writes things so that they can be told. */
  private record PlainDialect() implements Dialect {
    @Override
    public String address(Endpoint endpoint) {
      return "at:" + endpoint;
    }

    @Override
    public String substitute(DesiredPool pool, CarriedPool how) {
      return pool.empty() instanceof EmptyPolicy.Fallback(Endpoint endpoint)
          ? address(endpoint)
          : "";
    }

    @Override
    public boolean isBackup(DesiredPool pool, DesiredMember member) {
      return member.backup();
    }

    @Override
    public String mark(DesiredState desired, String fingerprint) {
      return "mark " + fingerprint;
    }

    @Override
    public String place() {
      return "in the middle";
    }
  }
}
