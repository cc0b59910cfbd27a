/** Datasets and their flags, wherever they are kept. May use {@code database} and {@code json}. */
@NullMarked
package io.glulam.service.catalog;

import org.jspecify.annotations.NullMarked;
