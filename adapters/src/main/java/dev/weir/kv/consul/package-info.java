/** Consul's key-value store. */
@NullMarked
package dev.weir.kv.consul;

import org.jspecify.annotations.NullMarked;
