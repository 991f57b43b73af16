/** Auto Scaling groups, asked through Amazon's own client. */
@NullMarked
package dev.weir.source.aws;

import org.jspecify.annotations.NullMarked;
