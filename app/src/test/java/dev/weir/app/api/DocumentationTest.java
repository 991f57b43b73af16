package dev.weir.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.AccessToken.Role;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages for users name every route and every metric, and no others. */
class DocumentationTest {

  private static final Path DOCS = Path.of("..", "docs");

  private final SampleWeir weir = Samples.web();
  private final Meters meters = new Meters();
  private final Routes routes = new Routes(weir, weir, meters);

  @Test
  void every_route_is_described() throws IOException {
    String page = Files.readString(DOCS.resolve("api.md"));
    Set<String> described = found(page, "`((?:GET|POST|PATCH|DELETE) /[^`]*)`");
    Set<String> served = new TreeSet<>();
    routes.all().forEach(route -> served.add(route.method() + " " + route.path()));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void every_metric_is_described() throws Exception {
    meters.watched(new SourceName("web/static"));
    meters.reported(new SourceName("web/static"), SourceReport.Complete.of(List.of()));
    Request request = new Request(new Caller("x", Role.VIEWER), none(), none(), none(), "", "1");
    Route metrics =
        routes.all().stream().filter(r -> r.path().equals("/metrics")).findFirst().orElseThrow();
    String text = ((Answer.Text) metrics.handler().handle(request)).body();
    Set<String> described =
        found(Files.readString(DOCS.resolve("metrics.md")), "(?m)^\\| `(weir_[a-z_]+)`");
    assertThat(described).containsAll(found(text, "(?m)^# TYPE (weir_[a-z_]+) "));
  }

  private static Map<String, String> none() {
    return Map.of();
  }

  private static Set<String> found(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
