/**
 * Makes the demonstration's file: the same bytes every time, in as small row groups as a streaming writer leaves. The
 * library's own encoders and writer of footers make the file from generated rows.
 */
@NullMarked
package io.glulam.cli.demo;

import org.jspecify.annotations.NullMarked;
