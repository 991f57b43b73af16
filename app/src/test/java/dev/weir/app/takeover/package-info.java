@NullMarked
package dev.weir.app.takeover;

import org.jspecify.annotations.NullMarked;
