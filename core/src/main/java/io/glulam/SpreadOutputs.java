package io.glulam;

import io.glulam.MergeReport.InputFacts;
import io.glulam.MergeReport.Outcome;
import io.glulam.PublishListener.Publication;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.merge.InputGroup;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The outputs of a merge that other processes write. They write under temporary names; this process publishes in the order of the
 * plan, each output after the folder's manifest has announced it, so that recovery is that of any merge. Not thread-safe.
 */
final class SpreadOutputs implements MergeRunner.Sink {
    private final MergedFolder merged;
    private final OutputFolder folder;
    private final MergeRunner runner;
    private final List<Planned> planned = new ArrayList<>();
    private final List<MergeJob> jobs = new ArrayList<>();
    private final Map<Integer, MergeResult> waiting = new HashMap<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private Traffic traffic = Traffic.NONE;
    private int published;
    private long bytes;
    private long rows;
    private long remapped;
    private long recoded;

    private record Planned(InputGroup group, Packed packed) {}

    SpreadOutputs(MergedFolder merged, OutputFolder folder, MergeRunner runner) {
        this.merged = merged;
        this.folder = folder;
        this.runner = runner;
    }

    /** Adds an output to be written. */
    void add(InputGroup group, Packed packed) {
        jobs.add(MergeJob.of(jobs.size(), group, packed));
        planned.add(new Planned(group, packed));
    }

    /** Has all outputs written, and publishes them. */
    void write() {
        if (jobs.isEmpty()) {
            return;
        }
        try {
            runner.run(jobs, this);
        } finally {
            waiting.values().forEach(result -> remove(runner.written(result)));
        }
    }

    @Override
    public void written(MergeJob job, MergeResult result) {
        waiting.put(job.index(), result);
        while (waiting.containsKey(published)) {
            publish(planned.get(published), Objects.requireNonNull(waiting.get(published)));
            waiting.remove(published++);
        }
    }

    @Override
    public void failed(MergeJob job, GlulamException failure) {
        throw failure;
    }

    private void publish(Planned output, MergeResult result) {
        StoredObject written = runner.written(result);
        StoredObject target = merged.next(output.group(), output.packed());
        ObjectFacts facts = folder.facts(written);
        if (facts == null || facts.size() != result.bytes()) {
            throw new SourceChanged(
                    Place.of(written.name()), "it is not the file that was written there", "run the merge again");
        }
        if (folder.facts(target) != null) {
            throw new StorageFailed(
                    StorageFailed.Kind.EXISTS, Place.of(target.name()), "another file has this name", "move it away");
        }
        merged.announce(new Publication(target, "", "", result.bytes(), result.digest(), "", null));
        traffic = traffic.plus(KeptFiles.copyTo(written, facts, target)).plus(result.traffic());
        merged.written();
        remove(written);
        bytes += result.bytes();
        rows += result.rows();
        remapped += result.remapped();
        recoded += result.recoded();
        dropped.addAll(result.dropped());
    }

    /** Readers never see it, and the next run removes what stays. */
    private void remove(StoredObject written) {
        if (written.store() instanceof ObjectRemover remover) {
            try {
                traffic = traffic.plus(remover.delete(written.key()));
            } catch (GlulamException failure) {
                return;
            }
        }
    }

    SpreadReport report(
            Outcome outcome, InputFacts facts, Map<Reason, Integer> passedOver, List<String> more, Traffic before) {
        Set<String> all = new LinkedHashSet<>(more);
        all.addAll(dropped);
        return new SpreadReport(
                jobs.isEmpty() && outcome == Outcome.MERGED ? Outcome.NO_CANDIDATES : outcome,
                facts,
                published,
                bytes,
                rows,
                remapped,
                recoded,
                passedOver,
                List.copyOf(all),
                before.plus(traffic));
    }
}
