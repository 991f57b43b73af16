/** etcd, version 3, by the JSON gateway that every member of a cluster offers. */
@NullMarked
package dev.weir.kv.etcd;

import org.jspecify.annotations.NullMarked;
