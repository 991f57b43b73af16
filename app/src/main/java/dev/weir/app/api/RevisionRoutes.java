package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.app.survey.UnifiedDiff;
import dev.weir.model.AccessToken.Role;
import dev.weir.model.FileContent;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import dev.weir.model.Revision;
import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was applied to proxies: a list for every viewer, and for operators one with its files and
 * the difference of two. Files that Weir edits or renders hold passwords of the user's.
 */
final class RevisionRoutes {

  private static final int USUAL = 50;
  private static final int MOST = 1_000;

  private final View view;

  RevisionRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/revisions", Set.of("limit", "cursor", "proxy"), this::revisions),
        Route.get("/v1/revisions/{number}", Set.of(), this::revision).needing(Role.OPERATOR),
        Route.get("/v1/revisions/{number}/diff", Set.of("from"), this::diff)
            .needing(Role.OPERATOR));
  }

  private Answer revisions(Request request) throws ApiProblem, StoreException {
    int limit = (int) Math.max(1, request.number("limit", USUAL, MOST));
    long before = request.number("cursor", Long.MAX_VALUE, Long.MAX_VALUE);
    Optional<ProxyName> proxy = Optional.empty();
    if (request.query("proxy").isPresent()) {
      proxy = Optional.of(name(request.query("proxy").get()));
    }
    List<Revision> found = view.ledger().revisions(proxy, before, limit + 1);
    List<Revision> shown = found.subList(0, Math.min(limit, found.size()));
    JsonObject answer =
        new JsonObject().with("items", shown.stream().map(RevisionRoutes::brief).toList());
    return Answer.ok(
        shown.size() < found.size()
            ? answer.with("next", Long.toString(shown.getLast().number()))
            : answer.withNull("next"));
  }

  private ProxyName name(String text) throws ApiProblem {
    return view.proxies().stream()
        .map(proxy -> proxy.proxy().name())
        .filter(name -> name.value().equals(text))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(text)));
  }

  private Answer revision(Request request) throws ApiProblem, StoreException {
    Revision revision = numbered(request.path("number"));
    return Answer.ok(
        brief(revision)
            .with(
                "files",
                revision.files().stream()
                    .map(file ->
                        new JsonObject().with("file", file.file()).with("text", file.text()))
                    .toList()));
  }

  /** From another revision of the same proxy, the one before where none is named. */
  private Answer diff(Request request) throws ApiProblem, StoreException {
    Revision to = numbered(request.path("number"));
    Optional<Revision> from =
        request.query("from").isPresent()
            ? Optional.of(numbered(request.query("from").get()))
            : view.ledger().revisions(Optional.of(to.proxy()), to.number(), 1).stream().findFirst();
    Map<Path, String> before =
        from.map(Revision::files).orElse(List.of()).stream()
            .collect(Collectors.toMap(FileContent::file, FileContent::text));
    List<JsonObject> diffs = new ArrayList<>();
    for (FileContent file : to.files()) {
      String diff =
          UnifiedDiff.of(
              new UnifiedDiff.Side(file.file().toString(), before.getOrDefault(file.file(), "")),
              new UnifiedDiff.Side(file.file() + " (revision " + to.number() + ")", file.text()));
      if (!diff.isEmpty()) {
        diffs.add(new JsonObject().with("file", file.file()).with("diff", diff));
      }
    }
    return Answer.ok(
        new JsonObject()
            .with("from", from.map(Revision::number))
            .with("to", to.number())
            .with("diffs", diffs));
  }

  private Revision numbered(String text) throws ApiProblem, StoreException {
    return numbered(view, text);
  }

  /** The revision of this number. */
  static Revision numbered(View view, String text) throws ApiProblem, StoreException {
    Optional<Revision> found =
        text.matches("[0-9]{1,18}") ? view.ledger().find(Long.parseLong(text)) : Optional.empty();
    return found.orElseThrow(() ->
        new ApiProblem(404, "no-such-revision", "no revision %s is kept".formatted(Quoted.of(text)))
            .hint("weir history lists them"));
  }

  private static JsonObject brief(Revision revision) {
    return new JsonObject()
        .with("number", revision.number())
        .with("proxy", revision.proxy())
        .with("at", revision.at())
        .with("generation", revision.desired().generation())
        .with("fingerprint", revision.desired().fingerprint())
        .with("way", revision.way().name().toLowerCase(Locale.ROOT))
        .with("took_seconds", revision.took())
        .with("changes", revision.changes().stream().map(PlanJson::change).toList());
  }
}
