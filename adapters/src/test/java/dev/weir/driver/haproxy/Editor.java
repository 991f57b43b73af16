package dev.weir.driver.haproxy;

import dev.weir.model.FileContent;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Plan;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of the text of a user's file that has the section {@code be_api} of the pool {@code
 * api}, while HAProxy does not run.
 *
 * @param folder for the file
 * @param server the pool's parameters of servers
 */
record Editor(Path folder, String server) {

  /** The text as it would be loaded, without the line of the variable. */
  String edited(String text, Wanted pool) throws IOException {
    return Arrays.stream(written(text, pool).split("(?<=\n)"))
        .filter(line -> !line.contains("setenv WEIR_INNER"))
        .collect(Collectors.joining());
  }

  /** The text as it would be loaded. */
  String written(String text, Wanted pool) throws IOException {
    Planner planner = planner(text);
    Plan plan = planner.plan(Wanted.state(pool), down(Optional.of(text)));
    List<FileContent> files =
        plan instanceof Plan.Live live ? live.files() : planner.marks().texts();
    return files.isEmpty() ? text : files.getFirst().text();
  }

  /** What would be done; without a text the file is away. */
  Plan plan(Optional<String> text, Wanted pool) throws IOException {
    return planner(text.orElse("")).plan(Wanted.state(pool), down(text));
  }

  /** What would be done beside an HAProxy that was loaded from none of Weir's texts. */
  Plan planBesideStranger(String text, Wanted pool) throws IOException {
    Observed observed =
        new Observed(
            new Condition.Running("2.6.12"),
            Map.of(),
            List.of(new ObservedFile(Plans.FILE, Optional.of(text))),
            Optional.empty());
    return planner(text).plan(Wanted.state(pool), observed);
  }

  private static Observed down(Optional<String> text) {
    return new Observed(
        new Condition.NotRunning("a test"),
        Map.of(),
        List.of(new ObservedFile(Plans.FILE, text)),
        Optional.empty());
  }

  private Planner planner(String text) throws IOException {
    HaproxySurroundings around = new HaproxySurroundings(List.of(), ServerText.parse(server));
    List<Backend> backends = List.of(new Backend(Plans.API, "be_api", around, DrainPolicy.DEFAULT));
    Planner planner = new Planner(new EditedLayout("WEIR_INNER", backends), backends);
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
    planner.know(
        List.of(new ObservedFile(Plans.FILE, Optional.of(text))), Defaults.read(List.of(file)));
    return planner;
  }
}
