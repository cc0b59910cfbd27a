/**
 * Holds an output against what is true of its values and against its source: everything that a merged row group claims is
 * derived anew, everything that a kept one claims has to be the source's. Knows nothing of core; too strict rather than
 * too weak.
 */
package io.glulam.testkit.audit;
