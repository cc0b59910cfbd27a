/** The server: assembles bucket, catalog, ledger, workflow and HTTP from settings. May use all below. */
@NullMarked
package io.glulam.service;

import org.jspecify.annotations.NullMarked;
