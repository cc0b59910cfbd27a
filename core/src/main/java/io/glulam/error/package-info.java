/** The sealed family of failures, each with place and remedy. Uses nothing. */
@NullMarked
package io.glulam.error;

import org.jspecify.annotations.NullMarked;
