/**
 * The parts of a command line, registered with picocli by plain code: annotations would cost every start the proxies and the
 * reflection that read them, which is more than all the rest of a start.
 */
@NullMarked
package io.glulam.cli.option;

import org.jspecify.annotations.NullMarked;
