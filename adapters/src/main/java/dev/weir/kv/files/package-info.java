/** YAML and JSON files as a key-value store. */
@NullMarked
package dev.weir.kv.files;

import org.jspecify.annotations.NullMarked;
