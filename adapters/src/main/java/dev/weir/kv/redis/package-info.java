/** How a Redis is configured as a key-value store; its client is a plug-in. */
@NullMarked
package dev.weir.kv.redis;

import org.jspecify.annotations.NullMarked;
