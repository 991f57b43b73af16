/** Asking a Consul agent: its options, its blocking queries and its errors. */
@NullMarked
package dev.weir.consul;

import org.jspecify.annotations.NullMarked;
