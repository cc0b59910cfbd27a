/** The commands around the server; the only package that uses the service, whose jars only those commands have. */
@NullMarked
package io.glulam.cli.serve;

import org.jspecify.annotations.NullMarked;
