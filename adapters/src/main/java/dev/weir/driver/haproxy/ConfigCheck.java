package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.KeptFiles.Whose;
import dev.weir.model.Outcome.Rejected;
import dev.weir.model.Quoted;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.publish.ReloadWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** HAProxy's own check of all its files, some of them as Weir would have them. */
final class ConfigCheck {

  /** Half a second of work at 10,000 servers; certificates may add to it. */
  private static final Duration MOST = Duration.ofSeconds(60);

  private static final Pattern ALERT = Pattern.compile("\\[ALERT]\\s+\\(\\d+\\) : (.*)");
  private static final Pattern PLACE = Pattern.compile("\\[(/[^\\]]*:[0-9]+)\\]");
  private static final Pattern SUMMARY =
      Pattern.compile("config : (Error\\(s\\) found in|Fatal errors found in).*");

  private final HaproxyOptions options;
  private final String binary;
  private final LoadedFiles files;

  ConfigCheck(HaproxyOptions options, LoadedFiles files) {
    this.options = options;
    this.binary = options.binary();
    this.files = files;
  }

  /**
   * What HAProxy refuses.
   *
   * @param alerts its own words, the staged file under the name of its target; never empty
   */
  record Refusal(List<String> alerts) {
    Refusal {
      alerts = List.copyOf(alerts);
    }

    String message() {
      return alerts.getFirst();
    }

    /** {@code FILE:LINE}, where the first alert names one. */
    Optional<String> place() {
      Matcher matcher = PLACE.matcher(message());
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
  }

  /**
   * Checks all files.
   *
   * @param instead what is staged for some of them, symbolic links resolved
   * @return empty when all is well
   * @throws IOException when the check itself did not work
   */
  Optional<Refusal> check(Map<Path, Path> instead) throws IOException, InterruptedException {
    ProgramResult result = run(files.command(binary, instead));
    return switch (result) {
      case Exited exited when exited.succeeded() -> Optional.empty();
      case Exited exited -> Optional.of(refusal(exited, instead));
      case ProgramResult.TimedOut late ->
          throw new IOException(
              "%s -c has not ended after %ss".formatted(binary, late.after().toSeconds()));
      case ProgramResult.NotStarted missing ->
          throw new IOException(
              "%s: %s (expected: HAProxy's program; set binary)"
                  .formatted(binary, missing.reason()));
    };
  }

  /** In the container where HAProxy runs in one, with paths as they are called there. */
  private ProgramResult run(List<String> command) throws InterruptedException {
    if (options.container().isEmpty()) {
      return Programs.run(command, MOST);
    }
    ReloadWay.Container way = options.container().get();
    List<String> there = command.stream().map(word -> there(way, word)).toList();
    return way.container().run(there, MOST);
  }

  private static String there(ReloadWay.Container way, String word) {
    return word.startsWith("/") ? way.paths().there(Path.of(word)).toString() : word;
  }

  /** What HAProxy said, with files as they are called here. */
  private String here(String text, Map<Path, Path> instead) {
    String said = text;
    if (options.container().isPresent()) {
      ReloadWay.Container way = options.container().get();
      for (String word : files.command(binary, instead)) {
        said = said.replace(there(way, word), word);
      }
    }
    return said;
  }

  /** The line of {@code -v} that names the version. */
  Optional<String> version() throws InterruptedException {
    ProgramResult result = run(List.of(binary, "-v"));
    return result instanceof Exited exited && exited.succeeded()
        ? exited.output().out().lines().findFirst()
        : Optional.empty();
  }

  /**
   * What a refusal means: foreign when the files as they lie there are refused in the same words,
   * lines that have moved aside, and not for a line of Weir's own.
   */
  Rejected judged(Refusal refusal) throws IOException, InterruptedException {
    List<String> foreign = new ArrayList<>();
    if (files.kept().stream().allMatch(Files::exists)) {
      Set<String> now =
          refusal.alerts().stream().map(ConfigCheck::placeless).collect(Collectors.toSet());
      check(Map.of()).ifPresent(before -> foreign.addAll(before.alerts()));
      foreign.removeIf(alert -> !now.contains(placeless(alert)) || isOwn(alert));
    }
    Refusal told = foreign.isEmpty() ? refusal : new Refusal(foreign);
    return new Rejected(told.message(), told.place(), !foreign.isEmpty());
  }

  private static String placeless(String alert) {
    return alert.replaceAll(":[0-9]+\\]", "]");
  }

  private boolean isOwn(String alert) {
    return files.whose() == Whose.WEIRS
        && files.kept().stream().anyMatch(file -> alert.contains("[" + file + ":"));
  }

  private Refusal refusal(Exited exited, Map<Path, Path> instead) {
    String text = here(exited.output().text(), instead);
    for (Map.Entry<Path, Path> one : instead.entrySet()) {
      text = text.replace(one.getValue().toString(), one.getKey().toString());
    }
    List<String> alerts =
        text.lines()
            .map(ALERT::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1).strip())
            .filter(line -> !SUMMARY.matcher(line).matches())
            .map(line -> line.replaceFirst("^config : ", ""))
            .toList();
    return new Refusal(
        alerts.isEmpty()
            ? List.of("exit code %d: %s".formatted(exited.code(), Quoted.of(text)))
            : alerts);
  }
}
