package io.glulam;

import io.glulam.fetch.InputOpener;
import io.glulam.inputs.Candidate;
import io.glulam.join.InputSpool;
import io.glulam.join.Slice;
import io.glulam.storage.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes outputs of a merge that another process has planned. Thread-safe. */
public final class MergeWriter {
    private final CompactionOptions options;
    private final Function<String, ObjectRef> objects;

    /** @param objects opens an input by its absolute path or its address in a store */
    public MergeWriter(CompactionOptions options, Function<String, ObjectRef> objects) {
        this.options = options;
        this.objects = objects;
    }

    /**
     * Writes an output and verifies it.
     *
     * @param target a name that nothing has yet
     * @param name of the target, for the result
     * @throws io.glulam.error.SourceChanged if an input is another version than the one that was planned with
     * @throws io.glulam.error.GlulamException if an input cannot be merged or a store fails
     */
    public MergeResult write(MergeJob job, ObjectRef target, String name) {
        List<MergeJob.Part> parts = job.parts();
        List<Candidate> candidates = parts.stream()
                .map(part -> Candidate.pinned(objects.apply(part.name()), job.group(), part.size(), part.version()))
                .toList();
        String[] digest = {""};
        PublishListener others = options.publishing();
        CompactionOptions listening = options.withPublishing(publication -> {
            others.beforePublish(publication);
            digest[0] = publication.digest();
        });
        InputSpool spool = new InputSpool(options.resources()::newSpool);
        try (InputOpener opener = new InputOpener(spool, options.bufferBytes())) {
            List<Slice> slices = new ArrayList<>();
            opener.forEach(candidates, (candidate, input, reader) -> {
                MergeJob.Part part = parts.get(slices.size());
                slices.add(new Slice(input, part.from(), part.to(), part.start(), part.end(), part.last()));
            });
            target.store().makeFolder(target.key());
            CompactionOptions roomy = JoinedInputs.withRoom(listening, slices.size());
            CompactionReport report = JoinedInputs.of(slices, job.form(), roomy)
                    .run(source -> new Compactor(roomy).run(Job.of(source, target)));
            return MergeResult.of(name, digest[0], report);
        }
    }
}
