package dev.weir.spi;

import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import java.util.List;
import java.util.Optional;

/** Keeps which proxies are paused; what was acknowledged survives a kill. */
public interface PauseStore {

  /**
   * All of them, also those that are over.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  List<Pause> loadPauses() throws StoreException;

  /**
   * Keeps one, in place of any of the same proxy; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void putPause(Pause pause) throws StoreException;

  /**
   * Drops one; nothing happens where there is none. Durable on return.
   *
   * @param proxy absent for the one of all proxies
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void dropPause(Optional<ProxyName> proxy) throws StoreException;
}
