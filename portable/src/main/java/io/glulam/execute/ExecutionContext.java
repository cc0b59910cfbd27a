package io.glulam.execute;

import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Pipeline;
import io.glulam.plan.Settings;
import io.glulam.planning.Surveys;
import io.glulam.source.SourceFile;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all row groups of a run share.
 *
 * @param surveys of the source's columns
 * @param settings of the plan
 * @param resources that the run may use
 * @param aids hears which indexes, filters and statistics of the source are damaged; for the thread that submits
 * @param unpackedForRows bytes that were decompressed to count rows; for any thread
 * @param unfinished closes what columns hold open if the run fails
 * @param pipeline that the output goes through
 */
record ExecutionContext(
        Surveys surveys,
        Settings settings,
        ExecutionResources resources,
        DroppedAids aids,
        AtomicLong unpackedForRows,
        Unfinished unfinished,
        Pipeline<WrittenRowGroups> pipeline) {
    SourceFile file() {
        return surveys.file();
    }
}
