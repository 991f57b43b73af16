/** Redis, asked through the Lettuce client. */
@NullMarked
package dev.weir.kv.redis.lettuce;

import org.jspecify.annotations.NullMarked;
