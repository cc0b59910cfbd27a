/**
 * Files of an Iceberg table: Glulam's stores as Iceberg's {@code FileIO}, and the places and credentials that a table may
 * use.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.iceberg.files;

import org.jspecify.annotations.NullMarked;
