/** The server's counters, in Prometheus' text. May use {@code workflow} and what it may use. */
@NullMarked
package io.glulam.service.metrics;

import org.jspecify.annotations.NullMarked;
