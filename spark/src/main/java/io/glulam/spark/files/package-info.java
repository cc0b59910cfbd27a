/**
 * Files of tables on executors: by Iceberg's {@code FileIO}, or by Glulam's own stores where they have the credentials.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.spark.files;

import org.jspecify.annotations.NullMarked;
