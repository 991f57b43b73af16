package dev.weir.store.sqlite;

import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.PoolId;
import dev.weir.model.Split;
import dev.weir.model.Target;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Overrides in two lines: the target, which together with the slot is their key, and the rest. */
final class OverrideForm {

  private static final String MEMBER = "member.";
  private static final String SHARE = "share.";

  private OverrideForm() {}

  /** The same target gives the same line. */
  static String write(Target target) {
    Form form =
        switch (target) {
          case Target.One one -> MemberForm.write(one.id());
          case Target.InPool inPool ->
              new Form().put("pool", inPool.pool().value()).putLabels(inPool.labels());
          case Target.Everywhere everywhere -> new Form().putLabels(everywhere.labels());
        };
    return form.write();
  }

  private static Target readTarget(String line) {
    Form form = Form.read(line);
    if (form.find("address").isPresent()) {
      return new Target.One(MemberForm.readId(form));
    }
    return form.find("pool")
        .<Target>map(pool -> new Target.InPool(new PoolId(pool), form.labels()))
        .orElseGet(() -> new Target.Everywhere(form.labels()));
  }

  /** All but the target. */
  static String writeBody(OperatorOverride override) {
    Form form =
        switch (override.action()) {
          case OperatorOverride.Add add ->
              new Form().put("action", "add").putAll(MEMBER, MemberForm.write(add.member()));
          case OperatorOverride.Remove ignored -> new Form().put("action", "remove");
          case OperatorOverride.Disable ignored -> new Form().put("action", "disable");
          case OperatorOverride.Drain ignored -> new Form().put("action", "drain");
          case OperatorOverride.Pin ignored -> new Form().put("action", "pin");
          case OperatorOverride.Weight weight ->
              new Form().put("action", "weight").put("weight", Integer.toString(weight.weight()));
          case OperatorOverride.Shared(Split split) -> split(split);
        };
    return write(form, override.attribution()).write();
  }

  /** Adds who, when, why and until when. */
  static Form write(Form form, Attribution attribution) {
    return form.put("by", attribution.by())
        .put("at", attribution.at().toString())
        .putIfPresent("reason", attribution.reason())
        .putIfPresent("until", attribution.until().map(Instant::toString));
  }

  static OperatorOverride read(String target, String body) {
    Form form = Form.read(body);
    return new OperatorOverride(readTarget(target), readAction(form), readAttribution(form));
  }

  private static Action readAction(Form form) {
    String action = form.get("action");
    return switch (action) {
      case "add" -> new OperatorOverride.Add(MemberForm.read(form.below(MEMBER)));
      case "remove" -> new OperatorOverride.Remove();
      case "disable" -> new OperatorOverride.Disable();
      case "drain" -> new OperatorOverride.Drain();
      case "pin" -> new OperatorOverride.Pin();
      case "split" -> new OperatorOverride.Shared(readSplit(form));
      case "weight" -> new OperatorOverride.Weight(Integer.parseInt(form.get("weight")));
      default -> throw new IllegalArgumentException("an override's action '" + action + "'");
    };
  }

  private static Form split(Split split) {
    Form form = new Form().put("action", "split").put("split-by", split.by());
    split.shares().forEach((group, share) -> form.put(SHARE + group, Double.toString(share)));
    return form;
  }

  private static Split readSplit(Form form) {
    SortedMap<String, Double> shares = new TreeMap<>();
    form.below(SHARE).all().forEach((group, share) -> shares.put(group, Double.parseDouble(share)));
    return new Split(form.get("split-by"), shares);
  }

  static Attribution readAttribution(Form form) {
    return new Attribution(
        form.get("by"),
        Instant.parse(form.get("at")),
        form.find("reason"),
        form.find("until").map(Instant::parse));
  }
}
