package dev.weir.app.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * The open connections of one listener. Where there are more than it may have, the one is closed on
 * which nothing has been asked for longest, so that whoever holds connections open, or never ends a
 * request, keeps nobody else out. Only where all of them are being answered the newcomer goes. Safe
 * for any thread.
 */
final class Guests implements Connection.Listener {

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which they fell silent; guarded by lock. */
  private final Map<Connection, Doing> guests = new LinkedHashMap<>();

  private enum Doing {
    SILENT,
    BEING_ANSWERED
  }

  Guests(int most) {
    this.most = most;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection) {
      return; // the one within it, opened at the same moment, stands for both
    }
    admitted(connection).ifPresent(Connection::close);
  }

  /** Who has to leave for a newcomer. */
  private Optional<Connection> admitted(Connection newcomer) {
    lock.lock();
    try {
      boolean full = guests.size() >= most;
      Optional<Connection> leaves = full ? Optional.of(silentOr(newcomer)) : Optional.empty();
      var _ = guests.put(newcomer, Doing.SILENT);
      return leaves;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    lock.lock();
    try {
      var _ = guests.remove(connection);
    } finally {
      lock.unlock();
    }
  }

  /** A request has come on a connection. */
  void asks(Connection connection) {
    lock.lock();
    try {
      var _ = guests.replace(connection, Doing.BEING_ANSWERED);
    } finally {
      lock.unlock();
    }
  }

  /** A request is answered; the connection is the last to go now. */
  void answered(Connection connection) {
    lock.lock();
    try {
      if (guests.remove(connection) != null) {
        var _ = guests.put(connection, Doing.SILENT);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Holding the lock. */
  private Connection silentOr(Connection newcomer) {
    return guests.entrySet().stream()
        .filter(guest -> guest.getValue() == Doing.SILENT)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(newcomer);
  }
}
