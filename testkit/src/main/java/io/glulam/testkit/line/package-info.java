/** Processes that answer lines: what cannot share a class path with a test runs in one. Uses only the JDK. */
package io.glulam.testkit.line;
