/**
 * A file as one page of HTML that needs nothing else: no script, no font, no address. Texts of the file are escaped, and the
 * page's own policy forbids whatever would be let through.
 */
@NullMarked
package io.glulam.cli.page;

import org.jspecify.annotations.NullMarked;
