/** Checks files against the specification, independently of core: what a footer and its indexes claim must be true. */
package io.glulam.testkit.lint;
