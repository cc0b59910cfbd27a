package io.glulam.join;

import io.glulam.adapt.ChunkSink;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.Schema;
import io.glulam.page.codec.KeptCodecs;
import io.glulam.pipeline.ExecutionResources;

/**
 * What the inputs of a joined object have in common while it is made.
 *
 * @param schema of the joined object
 * @param comparesValues whether columns in which rows are deleted are decoded and held against the input's
 * @param made takes the chunks that are made
 * @param footers hears what is not carried on of chunks
 */
record JoinContext(
        JoinedForm form,
        Schema schema,
        KeptCodecs codecs,
        ExecutionResources resources,
        boolean comparesValues,
        ChunkSink made,
        FooterJoiner footers) {}
