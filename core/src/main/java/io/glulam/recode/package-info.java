/**
 * Moves values: decodes columns triplet by triplet and encodes them again through Apache Parquet's writers. The decoders
 * are ours and apart from those of {@code splice}: they check every claim before allocating, keep one page in memory and
 * give bits, where parquet-java canonicalises NaN and trusts lengths; tests hold them against parquet-java. May use
 * {@code page}, {@code statistics} and below; besides tests, only writers are taken from {@code org.apache.parquet}.
 */
@NullMarked
package io.glulam.recode;

import org.jspecify.annotations.NullMarked;
