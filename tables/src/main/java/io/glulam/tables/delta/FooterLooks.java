package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
import io.glulam.Inspection;
import io.glulam.OpenedFooter;
import io.glulam.footer.Footer;
import io.glulam.storage.Traffic;
import java.util.HashMap;
import java.util.Map;

/** Footers of data files: read once, of which the form stays in memory, one copy for all files that have it. Not thread-safe. */
final class FooterLooks {
    private final CompactionOptions options;
    private final Map<FileForm, FileForm> forms = new HashMap<>();
    private final Map<FileForm, FileColumns> columns = new HashMap<>();
    private final Map<String, FileForm> known = new HashMap<>();
    private Traffic traffic = Traffic.NONE;
    private int read;
    private long rowGroups;

    FooterLooks(CompactionOptions options) {
        this.options = options;
    }

    /** Returns the form of a file. */
    FileForm form(DataFile file) {
        FileForm form = known.get(file.path());
        return form == null ? look(file).form() : form;
    }

    /** Returns whether the form of a file is known without reading anything. */
    boolean knows(DataFile file) {
        return known.containsKey(file.path());
    }

    /** Takes the form of a file from a footer that a merge has read. */
    void learn(DataFile file, Footer footer) {
        FileForm form = FileForm.of(footer);
        known.put(file.path(), forms.computeIfAbsent(form, same -> same));
    }

    /** Takes what a merge that was given up has taken of stores. */
    void spent(Traffic more) {
        traffic = traffic.plus(more);
    }

    /** Returns the columns of a file; files of one form share them. */
    FileColumns columns(DataFile file) {
        return columns.computeIfAbsent(form(file), FileColumns::of);
    }

    /**
     * What a footer shows.
     *
     * @param form physical schema
     * @param compactable whether a compaction of the file alone would merge row groups
     */
    record Look(FileForm form, boolean compactable) {}

    /** Reads a footer. */
    Look look(DataFile file) {
        try (OpenedFooter footer = OpenedFooter.of(file.object(), options)) {
            learn(file, footer.footer());
            read++;
            rowGroups += footer.footer().rowGroupCount();
            Inspection inspection = footer.inspect(options.settings());
            traffic = traffic.plus(footer.traffic());
            return new Look(form(file), inspection.compactable());
        }
    }

    /** Number of footers that were read. */
    int read() {
        return read;
    }

    /** Number of row groups that the footers have. */
    long rowGroups() {
        return rowGroups;
    }

    /** What reading took of stores. */
    Traffic traffic() {
        return traffic;
    }
}
