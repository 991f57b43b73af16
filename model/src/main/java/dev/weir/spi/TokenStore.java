package dev.weir.spi;

import dev.weir.model.AccessToken;
import java.util.List;

/** Keeps access tokens; what was acknowledged survives a kill. */
public interface TokenStore {

  /**
   * All of them, by name, also those that are over.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  List<AccessToken> loadTokens() throws StoreException;

  /**
   * Keeps one, in place of any of the same name; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void putToken(AccessToken token) throws StoreException;

  /**
   * Drops one; nothing happens where there is none. Durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  void dropToken(String name) throws StoreException;
}
