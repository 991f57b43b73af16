package dev.weir.app.cli;

import dev.weir.app.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "split",
    description = {
      "Shares the traffic of a pool between groups of its members, whatever their sizes.",
      "",
      "A group is the members with one value of a label. What is left goes to all other members"
          + " together. The weights are the closest whole numbers from 1 to 256; weir explain shows"
          + " what they come to. A group with nobody ready yields its share. The split stays, also"
          + " for members that come later, until another takes its place or --clear."
    },
    footer = {
      "",
      "Examples:",
      "  weir split shop color green=10%",
      "  weir split shop asg shop-blue=75% shop-green=25% --for 2h --reason canary",
      "  weir split shop --clear"
    })
final class SplitCommand extends WriteCommand {

  private static final Pattern SHARE = Pattern.compile("([^=]+)=([0-9]{1,3}(?:\\.[0-9]{1,6})?)%?");

  @Parameters(index = "0", paramLabel = "POOL", description = "The pool.")
  String pool = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "LABEL",
      description = "The label whose values name the groups.")
  @Nullable String label;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "GROUP=SHARE",
      description = "The share of a group, such as green=10%%.")
  List<String> shares = List.of();

  @Option(names = "--clear", description = "Members get their own weights again.")
  boolean clear;

  @Mixin WhyOptions why = new WhyOptions();

  SplitCommand(Shell shell) {
    super(shell);
  }

  @Override
  List<Decision> decisions(ApiClient client) throws CommandFailed {
    return List.of(clear ? taken(client) : given());
  }

  private Decision given() throws CommandFailed {
    if (label == null || shares.isEmpty()) {
      throw new CommandFailed(
          ExitCode.USAGE, "a label and at least one GROUP=SHARE are needed, or --clear");
    }
    JsonObject percent = new JsonObject();
    for (String share : shares) {
      Matcher matcher = SHARE.matcher(share);
      if (!matcher.matches()) {
        throw new CommandFailed(
            ExitCode.USAGE,
            "%s (expected: a group and its share, such as green=10%%)"
                .formatted(Terminal.safe(share)));
      }
      percent = percent.with(matcher.group(1), Double.parseDouble(matcher.group(2)));
    }
    JsonObject body =
        new JsonObject()
            .with("action", "split")
            .with("pool", pool)
            .with("by", label)
            .with("shares_percent", percent);
    return new Decision(
        "POST",
        "/v1/overrides",
        "",
        Optional.of(why.into(body)),
        "%s split by %s: %s".formatted(pool, label, String.join(" ", shares)));
  }

  private Decision taken(ApiClient client) throws CommandFailed {
    String id =
        client.list("/v1/overrides?pool=" + ApiClient.encoded(pool)).stream()
            .filter(it -> it.text("action").filter("split"::equals).isPresent())
            .findFirst()
            .flatMap(it -> it.text("id"))
            .orElseThrow(() ->
                new CommandFailed(
                    ExitCode.FAILED, "nobody has split %s".formatted(Terminal.safe(pool))));
    return new Decision(
        "DELETE",
        "/v1/overrides/" + ApiClient.encoded(id),
        "",
        Optional.empty(),
        pool + " is not split any more");
  }
}
