package dev.weir.app;

import dev.weir.app.config.Kinds;
import dev.weir.driver.nginx.NginxType;
import dev.weir.probe.http.HttpProbeType;
import dev.weir.probe.tcp.TcpProbeType;
import dev.weir.source.file.FileSourceType;
import dev.weir.source.statics.StaticSourceType;
import java.util.List;

/** What Weir is made of, in the order in which data flows. */
public final class Wiring {

  /** The kinds of plug-ins that are built in. */
  public static final Kinds KINDS =
      new Kinds(
          List.of(new StaticSourceType(), new FileSourceType()),
          List.of(HttpProbeType.http(), HttpProbeType.https(), new TcpProbeType()),
          List.of(new NginxType()));

  private Wiring() {}
}
