/**
 * A server that speaks S3's protocol and is strict where the real ones are: it counts, and it fails on demand. Knows
 * nothing of the product.
 */
package io.glulam.testkit.s3;
