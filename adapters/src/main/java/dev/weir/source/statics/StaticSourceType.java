package dev.weir.source.statics;

import dev.weir.memberlist.MemberEntry;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import java.util.List;

/** The {@code static} source: members written into the configuration. */
public final class StaticSourceType implements SourceType<StaticSourceType.Options> {

  /**
   * What it is told.
   *
   * @param members in the order written; may be empty
   */
  public record Options(List<MemberEntry> members) {
    public Options {
      members = List.copyOf(members);
    }
  }

  @Override
  public String name() {
    return "static";
  }

  @Override
  public Shape<Options> options() {
    return Shape.listOf(MemberEntry.SHAPE).map(Options::new);
  }

  @Override
  public Source open(Options options, Context context) {
    return new StaticSource(options.members(), context);
  }
}
