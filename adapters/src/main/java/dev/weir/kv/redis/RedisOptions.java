package dev.weir.kv.redis;

import dev.weir.net.TlsFiles;
import dev.weir.secret.Secret;
import java.util.Optional;

/**
 * How a Redis is reached, and how its keys are called.
 *
 * @param login who reads; absent where Redis asks nobody
 */
public record RedisOptions(RedisAddress address, TlsFiles tls, Keys keys, Optional<Login> login) {

  /**
   * Which keys.
   *
   * @param database the number of the database
   * @param separator what stands in Redis where Weir writes a slash
   */
  public record Keys(int database, String separator) {}

  /**
   * Who reads.
   *
   * @param user absent: Redis' default user
   */
  public record Login(Optional<String> user, Secret password) {}

  @Override
  public String toString() {
    return address + "/" + keys.database();
  }
}
