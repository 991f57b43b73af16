package dev.weir.driver.nginx;

import dev.weir.driver.nginx.UpstreamsText.Rendered;
import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.spi.ProxyDriverType.Carried;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the texts that a desired state asks for: those of Weir's own files, and those of the user's
 * in which upstreams are kept. Does no I/O. Used by one thread.
 */
final class Composition {

  private static final String ZONE = "zone";

  private final NginxOptions options;
  private final UpstreamsText texts;
  private final FrozenPools frozen;
  private final EmptyAnswers answers;
  private final Map<PoolId, Carried<NginxSurroundings>> carried;

  Composition(
      NginxOptions options,
      UpstreamsText texts,
      FrozenPools frozen,
      List<Carried<NginxSurroundings>> pools) {
    this.options = options;
    this.texts = texts;
    this.frozen = frozen;
    this.answers = new EmptyAnswers(options.confirm().listen().port());
    this.carried =
        pools.stream().collect(Collectors.toUnmodifiableMap(Carried::pool, Function.identity()));
  }

  /**
   * All texts of one state.
   *
   * @param edited the user's files that change, with their new texts
   * @param moving the pools that are kept in the user's files and are not frozen
   */
  record Made(Rendered rendered, List<FileContent> edited, Set<PoolId> moving) {}

  /** How a pool is carried; absent for one of another proxy. */
  Optional<Carried<NginxSurroundings>> find(PoolId pool) {
    return Optional.ofNullable(carried.get(pool));
  }

  /**
   * How a pool of this proxy is carried.
   *
   * @throws IllegalArgumentException for one of another
   */
  Carried<NginxSurroundings> carried(PoolId pool) {
    return find(pool)
        .orElseThrow(() -> new IllegalArgumentException("pool %s is not carried".formatted(pool)));
  }

  /** Why no text can be made now; empty where it can. */
  Optional<String> problem(EditedFiles files) {
    if (files.problem().isPresent()) {
      return files.problem();
    }
    return carried.values().stream()
        .filter(pool -> pool.kind() != PoolKind.HTTP && options.stream().isEmpty())
        .filter(pool -> !has(files, pool))
        .sorted((a, b) -> a.pool().compareTo(b.pool()))
        .map(pool ->
            "pool %s, kind %s: stream { } of no file of 'edit' has an upstream %s (expected: one, or"
                    .formatted(pool.pool(), pool.kind().word(), pool.as())
                + " a file of Weir's for it, upstreams: { http: FILE, stream: FILE })")
        .findFirst();
  }

  /** The texts, frozen pools as they were. */
  Made make(DesiredState desired, EditedFiles files) {
    return make(desired, files, Map.of());
  }

  /**
   * The same while more pools stay as they are.
   *
   * @param kept each with its section as it stands now, empty where there is none
   */
  Made make(DesiredState desired, EditedFiles files, Map<PoolId, String> kept) {
    Set<PoolId> elsewhere =
        carried.values().stream()
            .filter(pool -> has(files, pool))
            .map(Carried::pool)
            .collect(Collectors.toSet());
    Rendered rendered =
        texts.render(
            desired,
            elsewhere,
            section -> {
              String former = kept.get(section.pool().id());
              return former == null ? section : section.as(former);
            });
    List<Section> moving =
        texts.sections(desired).stream()
            .filter(section -> elsewhere.contains(section.pool().id()))
            .filter(section -> !kept.containsKey(section.pool().id()) && !frozen.keeps(section))
            .toList();
    Set<PoolId> ids = new HashSet<>();
    moving.forEach(section -> ids.add(section.pool().id()));
    return new Made(rendered, files.changed(moving, answers, this::how), ids);
  }

  /**
   * The pools that these files do not have as they are wanted, each with its section as it stands
   * now.
   *
   * @param own Weir's own files
   */
  Map<PoolId, String> behind(DesiredState desired, EditedFiles files, Map<Path, String> own) {
    Map<PoolId, String> behind = new LinkedHashMap<>();
    for (Section section : texts.sections(desired)) {
      if (!frozen.keeps(section)) {
        former(section, files, own).ifPresent(text -> behind.put(section.pool().id(), text));
      }
    }
    return behind;
  }

  /** The section as it stands now; empty where it is as it is wanted. */
  private Optional<String> former(Section section, EditedFiles files, Map<Path, String> own) {
    Carried<NginxSurroundings> pool = carried(section.pool().id());
    Optional<String> edited = files.source(pool.as(), pool.kind());
    if (edited.isPresent()) {
      return files.changed(List.of(section), answers, this::how).isEmpty()
          ? Optional.empty()
          : edited;
    }
    String text = own.getOrDefault(file(pool), "");
    return text.contains(section.text())
        ? Optional.empty()
        : Section.find(text, pool.as()).or(() -> Optional.of(""));
  }

  /** The upstreams in which each worker counts for itself, sorted. */
  List<String> withoutZone(EditedFiles files) {
    return carried.values().stream()
        .filter(pool -> {
          Optional<List<String>> written = files.directives(pool.as(), pool.kind());
          return written
              .map(names -> !names.contains(ZONE))
              .orElseGet(() ->
                  pool.surroundings().directives().stream()
                      .noneMatch(d -> d.startsWith(ZONE + " ")));
        })
        .map(Carried::as)
        .sorted()
        .toList();
  }

  /** Weir's own file in which a pool stands, or would. */
  Path file(Carried<NginxSurroundings> pool) {
    return pool.kind() == PoolKind.HTTP
        ? options.upstreams()
        : options.stream().orElse(options.upstreams());
  }

  /** The sections of pools as they are wanted, whether they are frozen or not. */
  List<Section> sections(DesiredState desired) {
    return texts.sections(desired);
  }

  private static boolean has(EditedFiles files, Carried<NginxSurroundings> pool) {
    return files.has(pool.as(), pool.kind());
  }

  private EditedFiles.Carried how(Section section) {
    Carried<NginxSurroundings> pool = carried(section.pool().id());
    return new EditedFiles.Carried(pool.as(), pool.kind(), pool.surroundings());
  }
}
