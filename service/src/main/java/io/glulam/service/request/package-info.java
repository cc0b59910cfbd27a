/**
 * Requests of clients: compactions, merges, jobs of tables and their schedules, read from JSON, every field checked. May use
 * {@code bucket, callback, catalog, ledger, table, json}.
 */
@NullMarked
package io.glulam.service.request;

import org.jspecify.annotations.NullMarked;
