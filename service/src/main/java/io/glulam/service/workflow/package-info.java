/**
 * The four durable steps of a compaction, who runs them and when. May use {@code bucket, catalog, ledger, worth, metrics,
 * json, database}.
 */
@NullMarked
package io.glulam.service.workflow;

import org.jspecify.annotations.NullMarked;
