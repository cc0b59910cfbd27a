package io.glulam.tables.iceberg.rewrite;

import io.glulam.storage.Traffic;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableReport.Counts;
import io.glulam.tables.TableReport.MovedBytes;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import io.glulam.tables.iceberg.rewrite.OutputResult.NewFile;
import io.glulam.tables.iceberg.rewrite.RewriteResult.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums over what a run committed, and over what failed. Not thread-safe. */
final class RunTotals {
    private final Map<Integer, Group> groups = new TreeMap<>();
    private MovedBytes bytes = new MovedBytes(0, 0, 0, 0);
    private AppliedDeletes deletes = AppliedDeletes.NONE;
    private Traffic traffic = Traffic.NONE;

    /** Counts requests of a file, whether it is committed or not. */
    void moved(NewFile file) {
        traffic = traffic.plus(file.moved().traffic());
    }

    void committed(WrittenOutput output) {
        MovedBytes more = output.file().made();
        bytes = new MovedBytes(
                bytes.moved() + more.moved(),
                bytes.remapped() + more.remapped(),
                bytes.recoded() + more.recoded(),
                bytes.added() + more.added());
        deletes = deletes.plus(output.file().deletes());
        PlannedOutput planned = output.planned();
        add(planned, planned.files().size(), 1, planned.bytes(), 0);
    }

    /** Counts the files of an output that failed. */
    void failed(PlannedOutput output) {
        add(output, 0, 0, 0, output.files().size());
    }

    private void add(PlannedOutput output, int rewritten, int added, long bytes, int failed) {
        groups.merge(
                output.group(),
                new Group(output.group(), output.partition(), rewritten, added, bytes, failed),
                (one, other) -> new Group(
                        one.number(),
                        one.partition(),
                        one.rewritten() + other.rewritten(),
                        one.added() + other.added(),
                        one.bytes() + other.bytes(),
                        one.failed() + other.failed()));
    }

    List<Group> groups() {
        return new ArrayList<>(groups.values());
    }

    /** @param removedDeletes number of delete files that were removed */
    Counts counts(int removedDeletes) {
        Collection<Group> all = groups.values();
        return new Counts(
                all.stream().mapToInt(Group::rewritten).sum(),
                all.stream().mapToInt(Group::added).sum(),
                all.stream().mapToLong(Group::bytes).sum(),
                all.stream().mapToInt(Group::failed).sum(),
                removedDeletes);
    }

    MovedBytes bytes() {
        return bytes;
    }

    AppliedDeletes deletes() {
        return deletes;
    }

    Traffic traffic() {
        return traffic;
    }
}
