/** Tables that the server serves: the only package that knows the libraries of table formats. */
@NullMarked
package io.glulam.service.table;

import org.jspecify.annotations.NullMarked;
