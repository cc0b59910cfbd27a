package io.glulam;

import io.glulam.MergeReport.InputFacts;
import io.glulam.MergeReport.Outcome;
import io.glulam.PublishListener.Publication;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.merge.InputGroup;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.Traffic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a merge that other processes write. They write under temporary names; this process publishes in the order of the
 * plan, each output after the folder's manifest has announced it, so that recovery is that of any merge. Several are copied at
 * once, ahead of their turn. Not thread-safe.
 */
final class SpreadOutputs implements MergeRunner.Sink {
    private static final int COPIES_AT_ONCE = 8;

    private final MergedFolder merged;
    private final OutputFolder folder;
    private final MergeRunner runner;
    private final List<Planned> planned = new ArrayList<>();
    private final List<MergeJob> jobs = new ArrayList<>();
    private final Map<Integer, MergeResult> waiting = new HashMap<>();
    private final Queue<Copying> copies = new ArrayDeque<>();
    private final ExecutorService copiers = DaemonThreads.pool(COPIES_AT_ONCE, "glulam-copy");
    private final Set<String> dropped = new LinkedHashSet<>();
    private Traffic traffic = Traffic.NONE;
    private int published;
    private long bytes;
    private long rows;
    private long remapped;
    private long recoded;

    private record Planned(InputGroup group, Packed packed) {}

    /** An output that is on its way to its name. */
    private record Copying(ObjectRef written, ObjectRef target, MergeResult result, Future<BegunCopy> copy) {}

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
            publishAll();
        } finally {
            copies.forEach(SpreadOutputs::giveUp);
            copiers.shutdownNow();
            waiting.values().forEach(result -> remove(runner.written(result)));
        }
    }

    @Override
    public void written(MergeJob job, MergeResult result) {
        waiting.put(job.index(), result);
        copyAhead();
        while (copies.size() == COPIES_AT_ONCE) {
            publishNext();
        }
    }

    /** Publishes what comes before it in the plan and is written. */
    @Override
    public void failed(MergeJob job, GlulamException failure) {
        publishAll();
        throw failure;
    }

    private void publishAll() {
        while (!copies.isEmpty()) {
            publishNext();
        }
    }

    /** Outputs get their names in the order of the plan. */
    private void copyAhead() {
        while (copies.size() < COPIES_AT_ONCE && waiting.containsKey(published + copies.size())) {
            int index = published + copies.size();
            Planned output = planned.get(index);
            MergeResult result = Objects.requireNonNull(waiting.get(index));
            ObjectRef written = runner.written(result);
            ObjectRef target = merged.next(output.group(), output.packed());
            ObjectFacts facts = folder.facts(written);
            copies.add(
                    new Copying(written, target, result, copiers.submit(() -> copied(written, facts, target, result))));
        }
    }

    private static BegunCopy copied(
            ObjectRef written, @Nullable ObjectFacts facts, ObjectRef target, MergeResult result) {
        if (facts == null || facts.size() != result.bytes()) {
            throw new SourceChanged(
                    Place.of(written.name()), "it is not the file that was written there", "run the merge again");
        }
        return BegunCopy.of(written, facts, target);
    }

    private void publishNext() {
        Copying next = copies.remove();
        ObjectRef target = next.target();
        MergeResult result = next.result();
        try (BegunCopy copy = DaemonThreads.result(next.copy(), Place.of(target.name()))) {
            if (folder.facts(target) != null) {
                throw new StorageFailed(
                        StorageFailed.Kind.EXISTS,
                        Place.of(target.name()),
                        "another file has this name",
                        "move it away");
            }
            merged.announce(new Publication(target, "", "", result.bytes(), result.digest(), "", null));
            traffic = traffic.plus(copy.publish()).plus(result.traffic());
        }
        merged.written();
        waiting.remove(published++);
        remove(next.written());
        bytes += result.bytes();
        rows += result.rows();
        remapped += result.remapped();
        recoded += result.recoded();
        dropped.addAll(result.dropped());
        copyAhead();
    }

    /** Waits until the copy is over, and removes it. */
    private static void giveUp(Copying copying) {
        boolean interrupted = Thread.interrupted();
        try {
            DaemonThreads.result(copying.copy(), Place.of(copying.target().name()))
                    .close();
        } catch (RuntimeException failure) {
            return; // It has removed itself, and another failure ends the run.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Readers never see it, and the next run removes what stays. */
    private void remove(ObjectRef written) {
        try {
            traffic = traffic.plus(ObjectRemover.deleteIfAble(written));
        } catch (GlulamException failure) {
            return;
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
