/** Connections to SQLite and Postgres, the schema of our own tables, and the few ways of using them. Uses nothing. */
@NullMarked
package io.glulam.service.database;

import org.jspecify.annotations.NullMarked;
