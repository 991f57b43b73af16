package dev.weir.app.config;

import dev.weir.spi.ProbeType;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SourceType;
import java.util.List;

/** The kinds of plug-ins whose keys a configuration may use. */
public record Kinds(
    List<SourceType<?>> sources, List<ProbeType<?>> probes, List<ProxyDriverType<?, ?>> proxies) {

  public Kinds {
    sources = List.copyOf(sources);
    probes = List.copyOf(probes);
    proxies = List.copyOf(proxies);
  }
}
