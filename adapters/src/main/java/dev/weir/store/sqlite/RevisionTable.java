package dev.weir.store.sqlite;

import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Outcome;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.spi.RevisionStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions, one row each; texts of files lie beside them, compressed, once for successive
 * revisions that share them. Of each proxy the newest hundred are kept, for thirty days; the newest
 * always.
 */
final class RevisionTable implements RevisionStore {

  private static final Logger LOG = LoggerFactory.getLogger(RevisionTable.class);

  private static final int KEPT = 100;
  private static final Duration AGE = Duration.ofDays(30);
  private static final String INSERT =
      """
      INSERT INTO revision (number, proxy, at_nanos, generation, way, took_nanos, body, files)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String SELECT =
      """
      SELECT number, proxy, at_nanos, generation, way, took_nanos, body, files
        FROM revision WHERE number < ? AND (? = '' OR proxy = ?)
        ORDER BY number DESC\
      """;
  private static final String NEWEST =
      "SELECT coalesce(max(number), 0) FROM revision WHERE ? = '' OR proxy = ?";
  private static final String PRUNE =
      """
      DELETE FROM revision WHERE proxy = ?
        AND number < (SELECT max(number) FROM revision WHERE proxy = ?)
        AND (at_nanos < ? OR number NOT IN
          (SELECT number FROM revision WHERE proxy = ? ORDER BY number DESC LIMIT ?))\
      """;

  private final Database database;
  private final Time time;
  private final RevisionBodies bodies = new RevisionBodies();
  private final RevisionTexts texts = new RevisionTexts();

  /** Revisions that went since unused texts were looked for; the store's own thread. */
  private int gone;

  RevisionTable(Database database, Time time) {
    this.database = database;
    this.time = time;
  }

  @Override
  public void appendRevisions(List<Revision> revisions) throws StoreException {
    if (revisions.isEmpty()) {
      return;
    }
    database.write(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Revision revision : revisions) {
          insert(connection, insert, revision);
        }
      }
      return prune(connection, revisions.stream().map(Revision::proxy).collect(Collectors.toSet()));
    });
  }

  private void insert(Connection connection, PreparedStatement insert, Revision revision)
      throws SQLException {
    Map<Path, RevisionTexts.Keyed> files = texts.of(revision);
    for (RevisionTexts.Keyed text : files.values()) {
      keep(connection, text);
    }
    insert.setLong(1, revision.number());
    insert.setString(2, revision.proxy().value());
    insert.setLong(3, EventRow.nanos(revision.at()));
    insert.setLong(4, revision.desired().generation());
    insert.setString(5, revision.way().name());
    insert.setLong(6, revision.took().toNanos());
    insert.setBytes(7, bodies.write(revision));
    insert.setString(8, RevisionForm.files(files));
    var _ = insert.executeUpdate();
  }

  private static void keep(Connection connection, RevisionTexts.Keyed text) throws SQLException {
    if (isKept(connection, text.key())) {
      return; // of most revisions the files are those of the one before
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO revision_text VALUES (?, ?)")) {
      insert.setString(1, text.key());
      insert.setBytes(2, text.bytes());
      var _ = insert.executeUpdate();
    }
  }

  private static boolean isKept(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM revision_text WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private int prune(Connection connection, Set<ProxyName> proxies) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(PRUNE)) {
      for (ProxyName proxy : proxies) {
        delete.setString(1, proxy.value());
        delete.setString(2, proxy.value());
        delete.setLong(3, EventRow.nanos(time.now().minus(AGE)));
        delete.setString(4, proxy.value());
        delete.setInt(5, KEPT);
        gone += delete.executeUpdate();
      }
    }
    if (gone < KEPT) {
      return 0; // who looks for texts that nobody has reads all revisions
    }
    gone = 0;
    return dropUnused(connection);
  }

  private static int dropUnused(Connection connection) throws SQLException {
    Set<String> used = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT DISTINCT files FROM revision")) {
      while (row.next()) {
        used.addAll(RevisionForm.keys(row.getString(1)).values());
      }
    }
    int dropped = 0;
    for (String key : keys(connection)) {
      if (!used.contains(key)) {
        try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM revision_text WHERE key = ?")) {
          delete.setString(1, key);
          dropped += delete.executeUpdate();
        }
      }
    }
    return dropped;
  }

  private static List<String> keys(Connection connection) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT key FROM revision_text")) {
      while (row.next()) {
        keys.add(row.getString(1));
      }
    }
    return keys;
  }

  @Override
  public List<Revision> revisions(Optional<ProxyName> proxy, long before, int limit)
      throws StoreException {
    String name = proxy.map(ProxyName::value).orElse("");
    return database.read(connection -> {
      List<Revision> found = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(SELECT)) {
        select.setLong(1, before);
        select.setString(2, name);
        select.setString(3, name);
        try (ResultSet row = select.executeQuery()) {
          while (found.size() < limit && row.next()) {
            readable(connection, row).ifPresent(found::add);
          }
        }
      }
      return List.copyOf(found);
    });
  }

  /** Absent where something of it is lost: the others are worth as much as before. */
  private Optional<Revision> readable(Connection connection, ResultSet row) throws SQLException {
    try {
      return Optional.of(read(connection, row));
    } catch (IllegalArgumentException | DateTimeException e) {
      LOG.error(
          "{}: revision {} cannot be read and is left out: {}",
          database.file(),
          row.getLong(1),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Revision read(Connection connection, ResultSet row) throws SQLException {
    List<FileContent> files = new ArrayList<>();
    for (Map.Entry<String, String> file : RevisionForm.keys(row.getString(8)).entrySet()) {
      files.add(new FileContent(Path.of(file.getKey()), text(connection, file.getValue())));
    }
    RevisionForm.Body body = RevisionForm.read(row.getBytes(7));
    return new Revision(
        row.getLong(1),
        new ProxyName(row.getString(2)),
        EventRow.instant(row.getLong(3)),
        DesiredState.of(row.getLong(4), body.pools()),
        Outcome.Way.valueOf(row.getString(5)),
        body.changes(),
        files,
        Duration.ofNanos(row.getLong(6)));
  }

  private static String text(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT bytes FROM revision_text WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException("a text of a revision that is not there: " + key);
        }
        return Packed.unpack(row.getBytes(1));
      }
    }
  }

  @Override
  public long newestRevision(Optional<ProxyName> proxy) throws StoreException {
    String name = proxy.map(ProxyName::value).orElse("");
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
        select.setString(1, name);
        select.setString(2, name);
        try (ResultSet row = select.executeQuery()) {
          return row.getLong(1);
        }
      }
    });
  }
}
