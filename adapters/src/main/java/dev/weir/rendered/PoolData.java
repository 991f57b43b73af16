package dev.weir.rendered;

import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.surround.ServerText;
import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.RecordValue;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A desired state as templates see it. Names, labels and their values come from elsewhere and are
 * printed into configurations: of their characters, those that a proxy might read are {@code _}.
 *
 * <p>Why a member is as it is comes as one word, the rule that decided: a whole reason changes with
 * every check, and each change of a template's output may be a reload.
 */
final class PoolData {

  private static final Pattern UNSAFE_NAME = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern UNSAFE_VALUE = Pattern.compile("[^A-Za-z0-9_.:/@+=,-]");
  private static final int LONGEST = 128;
  private static final int UNAVAILABLE = 503;

  private static final Type.MapOf LABELS = new Type.MapOf(Type.TEXT, Type.TEXT);
  private static final Type.Fields MEMBER =
      type(
          "member",
          "name id host port address weight backup state because labels server".split(" "));
  private static final Type.Fields POOL =
      type("pool", "name as kind members ready status substitute directives nodes".split(" "));
  private static final Type.Fields ONE_POOL =
      type("data", "weir proxy pools pool nodes".split(" "));
  private static final Type.Fields POOLS = type("data", "weir proxy pools pool".split(" "));

  private final Map<PoolId, CarriedPool> carried;
  private final Dialect dialect;

  /**
   * @param carried how each pool is carried
   */
  PoolData(Map<PoolId, CarriedPool> carried, Dialect dialect) {
    this.carried = Map.copyOf(carried);
    this.dialect = dialect;
  }

  private static Type.Fields type(String name, String... fields) {
    return new Type.Fields(
        name, Stream.of(fields).map(field -> new Type.Field(field, Type.ANY)).toList());
  }

  /** All that a template sees. */
  Value of(ProxyName proxy, DesiredState desired) {
    List<Value> pools = new ArrayList<>();
    Map<String, Value> byName = new LinkedHashMap<>();
    for (DesiredPool pool : desired.pools()) {
      Value data = pool(pool);
      pools.add(data);
      byName.put(pool.id().value(), data);
    }
    List<Value> all = new ArrayList<>();
    all.add(Text.of(dialect.mark(desired, Rendering.HOLE)));
    all.add(Text.of(proxy.value()));
    all.add(ListValue.of(POOL, pools));
    all.add(MapValue.of(byName));
    if (desired.pools().size() != 1) {
      return new RecordValue(POOLS, all);
    }
    all.add(nodes(desired.pools().getFirst()));
    return new RecordValue(ONE_POOL, all);
  }

  private CarriedPool carried(DesiredPool pool) {
    CarriedPool how = carried.get(pool.id());
    if (how == null) {
      throw new IllegalArgumentException("pool %s is not carried".formatted(pool.id()));
    }
    return how;
  }

  private Value pool(DesiredPool pool) {
    CarriedPool how = carried(pool);
    List<Value> members = new ArrayList<>();
    List<Value> ready = new ArrayList<>();
    for (DesiredMember member : pool.members()) {
      Value data = member(pool, member);
      members.add(data);
      if (member.state() == ServerState.READY) {
        ready.add(data);
      }
    }
    return new RecordValue(
        POOL,
        List.of(
            Text.of(pool.id().value()),
            Text.of(how.as()),
            Text.of(how.kind().word()),
            ListValue.of(MEMBER, members),
            ListValue.of(MEMBER, ready),
            Int.of(status(pool.empty())),
            Text.of(dialect.substitute(pool, how)),
            ListValue.of(how.directives().stream().<Value>map(Text::of).toList()),
            nodes(pool)));
  }

  private static int status(EmptyPolicy policy) {
    return policy instanceof EmptyPolicy.Status(int code) ? code : UNAVAILABLE;
  }

  private Value member(DesiredPool pool, DesiredMember member) {
    Endpoint at = member.endpoint();
    return new RecordValue(
        MEMBER,
        List.of(
            Text.of(name(member.name())),
            Text.of(value(member.id().address().toString())),
            Text.of(at.host()),
            Int.of(at.port()),
            Text.of(dialect.address(at)),
            Int.of(member.weight()),
            Bool.of(dialect.isBackup(pool, member)),
            Text.of(member.state().word()),
            Text.of(member.because().cause().name().toLowerCase(Locale.ROOT)),
            labels(member.labels()),
            Text.of(expanded(carried(pool).server(), member))));
  }

  private static Value labels(Map<String, String> labels) {
    Map<Value, Value> safe = new LinkedHashMap<>();
    labels.forEach((key, text) -> safe.put(Text.of(value(key)), Text.of(value(text))));
    return MapValue.of(LABELS, safe);
  }

  private Value nodes(DesiredPool pool) {
    ServerText server = carried(pool).server();
    Map<DesiredMember, String> parameters = new LinkedHashMap<>();
    pool.members().forEach(member -> parameters.put(member, expanded(server, member)));
    return Text.of(Nodes.of(parameters, dialect));
  }

  private static String expanded(ServerText server, DesiredMember member) {
    return server.expand(member, PoolData::value).strip();
  }

  /** Never empty: a word that is missing changes the meaning of those behind it. */
  private static String name(String raw) {
    return raw.isEmpty() ? "_" : UNSAFE_NAME.matcher(cut(raw)).replaceAll("_");
  }

  private static String value(String raw) {
    return UNSAFE_VALUE.matcher(cut(raw)).replaceAll("_");
  }

  private static String cut(String raw) {
    return raw.substring(0, Math.min(raw.length(), LONGEST));
  }
}
