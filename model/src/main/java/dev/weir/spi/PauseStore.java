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
   * Keeps some, each in place of any of the same proxy, and drops others, all or none; durable on
   * return.
   *
   * @param dropped absent for the one of all proxies; nothing happens where there is none
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void changePauses(List<Pause> kept, List<Optional<ProxyName>> dropped) throws StoreException;

  /**
   * Keeps several, each in place of any of the same proxy, all or none; durable on return.
   *
   * @throws StoreException when they could not be made durable; then nothing has changed
   */
  default void putPauses(List<Pause> pauses) throws StoreException {
    changePauses(pauses, List.of());
  }

  /**
   * Keeps one, in place of any of the same proxy; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  default void putPause(Pause pause) throws StoreException {
    putPauses(List.of(pause));
  }

  /**
   * Drops several, all or none; nothing happens where there is none. Durable on return.
   *
   * @param proxies absent for the one of all proxies
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  default void dropPauses(List<Optional<ProxyName>> proxies) throws StoreException {
    changePauses(List.of(), proxies);
  }

  /**
   * Drops one; nothing happens where there is none. Durable on return.
   *
   * @param proxy absent for the one of all proxies
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  default void dropPause(Optional<ProxyName> proxy) throws StoreException {
    dropPauses(List.of(proxy));
  }
}
