package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.driver.nginx.Processes.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a process, where it is seen and where it is hidden. */
class ProcessesTest {

  @TempDir Path proc;

  @Test
  void a_process_tells_its_words_or_is_gone() throws Exception {
    runs("1", "init\0");
    runs("17", "nginx: master process\0/usr/sbin/nginx\0");
    runs("18", "");
    assertThat(Processes.title(proc, 17))
        .isEqualTo(new Title.Told("nginx: master process /usr/sbin/nginx"));
    assertThat(Processes.title(proc, 18)).as("a zombie").isEqualTo(new Title.Gone());
    assertThat(Processes.title(proc, 19)).isEqualTo(new Title.Gone());
  }

  @Test
  void one_that_may_not_be_looked_at_is_not_gone() throws Exception {
    runs("1", "init\0");
    Files.createDirectories(proc.resolve("17/cmdline")); // as little can be read of it
    assertThat(Processes.title(proc, 17))
        .isInstanceOfSatisfying(
            Title.Untold.class,
            untold ->
                assertThat(untold.reason())
                    .startsWith(proc.resolve("17") + " cannot be looked at ("));
  }

  @Test
  void where_other_users_processes_are_hidden_none_is_gone() throws Exception {
    runs("4711", "weir\0");
    assertThat(Processes.title(proc, 4711)).isEqualTo(new Title.Told("weir"));
    assertThat(Processes.title(proc, 17)).isInstanceOf(Title.Untold.class);
  }

  private void runs(String pid, String words) throws IOException {
    Files.createDirectories(proc.resolve(pid));
    Files.writeString(proc.resolve(pid).resolve("cmdline"), words);
  }
}
