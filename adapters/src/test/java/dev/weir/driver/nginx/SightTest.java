package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.nginx.LiveMembers.Running;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.PoolId;
import dev.weir.spi.ProxyDriverType.Carried;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightTest {

  private static final Path FILE = Path.of("/etc/nginx/weir/members/web");
  private static final MemberList LIST = MemberList.of("web", List.of(), Optional.empty());

  @Test
  void a_list_counts_only_where_the_running_balancer_has_the_same() {
    assertThat(seen(new Running.Told(Map.of("web", LIST)))).contains(LIST.text());
    assertThat(seen(new Running.Told(Map.of()))).isEmpty();
  }

  @Test
  void a_balancer_that_does_not_say_what_it_has_may_have_anything() {
    assertThat(seen(new Running.Silent())).isEmpty();
  }

  @Test
  void without_a_balancer_the_disk_says_what_nginx_will_begin_with() {
    assertThat(seen(new Running.Absent())).contains(LIST.text());
  }

  private static Optional<String> seen(Running running) {
    Sight sight = new Sight();
    sight.live(
        new Carried<>(new PoolId("web"), "web", NginxSurroundings.NONE),
        Optional.empty(),
        new Sight.Lists("web", FILE, Optional.of(LIST), running));
    return sight.lists().stream().map(ObservedFile::text).findFirst().orElseThrow();
  }
}
