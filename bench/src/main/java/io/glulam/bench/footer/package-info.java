/** What column chunks cost in files of many of them. Uses {@code rewrite} and below. */
@NullMarked
package io.glulam.bench.footer;

import org.jspecify.annotations.NullMarked;
