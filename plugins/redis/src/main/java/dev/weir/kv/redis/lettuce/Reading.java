package dev.weir.kv.redis.lettuce;

import dev.weir.net.Questions;
import dev.weir.spi.RefusedException;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads everything at and below a prefix, over a connection of its own. Used by one thread. */
final class Reading implements AutoCloseable {

  /** So many keys are looked at in one step: a few hundred microseconds of Redis' only thread. */
  private static final int STEP = 1000;

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final RedisAsyncCommands<byte[], byte[]> redis;
  private final Answers answers;
  private final KeyNames names;

  /**
   * What there was.
   *
   * @param pairs immutable
   * @param size how many keys the whole database had just before
   */
  record Picture(SortedMap<String, String> pairs, long size) {}

  private Reading(
      StatefulRedisConnection<byte[], byte[]> connection, Answers answers, KeyNames names) {
    this.connection = connection;
    this.redis = connection.async();
    this.answers = answers;
    this.names = names;
  }

  static Reading open(Connector connector, KeyNames names)
      throws IOException, InterruptedException {
    return new Reading(connector.questions(), connector.answers(), names);
  }

  /** How many keys the whole database has. */
  long size() throws IOException, InterruptedException {
    return answers.of(redis.dbsize());
  }

  /**
   * Whether Redis tells of every kind of change; false also where it does not say so, because its
   * settings may not be asked for.
   */
  boolean isTold() throws IOException, InterruptedException {
    try {
      String events =
          answers
              .of(redis.configGet("notify-keyspace-events"))
              .getOrDefault("notify-keyspace-events", "");
      boolean all = events.contains("A");
      return events.contains("K")
          && "g$hxe".chars().allMatch(kind -> all || events.indexOf(kind) >= 0);
    } catch (RefusedException notForUs) {
      return false;
    }
  }

  Picture read() throws IOException, InterruptedException {
    Questions.asked();
    long size = size();
    SortedMap<String, String> pairs = new TreeMap<>();
    for (List<byte[]> found : batches(found())) {
      values(found, pairs);
    }
    if (!names.takesOwn()) {
      pairs.remove(names.own());
    }
    return new Picture(Collections.unmodifiableSortedMap(pairs), size);
  }

  /** The names in Redis of everything at and below the prefix, each once. */
  private List<byte[]> found() throws IOException, InterruptedException {
    Map<String, byte[]> found = new LinkedHashMap<>();
    if (!names.own().isEmpty()) {
      found.put(names.own(), names.name(names.own()));
    }
    ScanArgs below = ScanArgs.Builder.matches(names.pattern()).limit(STEP);
    KeyScanCursor<byte[]> cursor = answers.of(redis.scan(below));
    take(cursor, found);
    while (!cursor.isFinished()) {
      cursor = answers.of(redis.scan(ScanCursor.of(cursor.getCursor()), below));
      take(cursor, found);
    }
    return List.copyOf(found.values());
  }

  private void take(KeyScanCursor<byte[]> cursor, Map<String, byte[]> found) {
    cursor.getKeys().forEach(name -> found.putIfAbsent(names.key(name), name));
  }

  private static List<List<byte[]>> batches(List<byte[]> all) {
    List<List<byte[]>> batches = new ArrayList<>();
    for (int i = 0; i < all.size(); i += STEP) {
      batches.add(all.subList(i, Math.min(all.size(), i + STEP)));
    }
    return batches;
  }

  /** Texts are read at once; what is none is asked for its kind, and hashes for their fields. */
  private void values(List<byte[]> found, SortedMap<String, String> pairs)
      throws IOException, InterruptedException {
    List<byte[]> others = new ArrayList<>();
    for (KeyValue<byte[], byte[]> pair : answers.of(redis.mget(found.toArray(byte[][]::new)))) {
      if (pair.hasValue()) {
        pairs.put(names.key(pair.getKey()), text(pair.getValue()));
      } else {
        others.add(pair.getKey());
      }
    }
    List<RedisFuture<String>> kinds = others.stream().map(redis::type).toList();
    Map<String, RedisFuture<Map<byte[], byte[]>>> hashes = new LinkedHashMap<>();
    for (int i = 0; i < others.size(); i++) {
      if (answers.of(kinds.get(i)).equals("hash")) {
        hashes.put(names.key(others.get(i)), redis.hgetall(others.get(i)));
      }
    }
    for (Map.Entry<String, RedisFuture<Map<byte[], byte[]>>> hash : hashes.entrySet()) {
      answers
          .of(hash.getValue())
          .forEach((field, value) -> pairs.put(hash.getKey() + "/" + text(field), text(value)));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Object ignored = connection.closeAsync();
  }
}
