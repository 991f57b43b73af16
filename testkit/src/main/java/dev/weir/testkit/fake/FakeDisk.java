package dev.weir.testkit.fake;

import dev.weir.model.AccessToken;
import dev.weir.model.Event;
import dev.weir.model.Job;
import dev.weir.model.LastingPool;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import dev.weir.spi.ConfigurationStore.Accepted;
import dev.weir.spi.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** A pretended disk: it outlives the stores on it, and can be full or damaged. */
public final class FakeDisk {

  private enum Condition {
    GOOD,
    FULL,
    DAMAGED
  }

  /** What lies on it; touched only by whoever holds the disk's monitor. */
  static final class Content {
    final List<OperatorOverride> overrides = new ArrayList<>();
    final Map<SourceName, LastGood> reports = new HashMap<>();
    final Map<SourceName, List<LastingPool>> poolSets = new HashMap<>();
    final TreeMap<Long, Event> events = new TreeMap<>();
    final Map<String, Job> jobs = new LinkedHashMap<>();
    final TreeMap<String, AccessToken> tokens = new TreeMap<>();
    final TreeMap<Long, Revision> revisions = new TreeMap<>();
    final Map<Optional<ProxyName>, Pause> pauses = new HashMap<>();
    Optional<Accepted> accepted = Optional.empty();
    long generations;
  }

  private final AtomicReference<Condition> condition = new AtomicReference<>(Condition.GOOD);
  private final Content content = new Content();

  /** Refuses all writes until there is room again. */
  public void fill() {
    condition.set(Condition.FULL);
  }

  /** Takes writes again. */
  public void free() {
    condition.set(Condition.GOOD);
  }

  /** Refuses everything from now on. */
  public void damage() {
    condition.set(Condition.DAMAGED);
  }

  synchronized <T> T read(Function<Content, T> look) throws StoreException {
    if (condition.get() == Condition.DAMAGED) {
      throw new StoreException("the pretended disk is damaged");
    }
    return look.apply(content);
  }

  synchronized void write(Consumer<Content> change) throws StoreException {
    switch (condition.get()) {
      case GOOD -> change.accept(content);
      case FULL -> throw new StoreException("the pretended disk is full");
      case DAMAGED -> throw new StoreException("the pretended disk is damaged");
    }
  }
}
