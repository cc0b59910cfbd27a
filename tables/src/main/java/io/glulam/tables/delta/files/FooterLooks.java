package io.glulam.tables.delta.files;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.storage.Traffic;
import io.glulam.tables.planning.FootersAhead;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Footers of data files: read once, of which the form stays in memory, one copy for all files that have it. Not thread-safe. */
public final class FooterLooks {
    private final FootersAhead<DataFile, Look> footers;
    private final Map<FileForm, FileForm> forms = new HashMap<>();
    private final Map<FileForm, FileColumns> columns = new HashMap<>();
    private final Map<String, FileForm> known = new HashMap<>();
    private final Map<String, GlulamException> unreadable = new HashMap<>();
    private final Set<String> looked = new HashSet<>();
    private final Set<String> compactable = new HashSet<>();
    private Traffic traffic = Traffic.NONE;
    private long rowGroups;

    public FooterLooks(CompactionOptions options) {
        this.footers = new FootersAhead<>(options, DataFile::object, footer -> Look.at(footer, options));
    }

    /** What a footer shows. */
    private record Look(FileForm form, int rowGroups, boolean compactable, Traffic traffic) {
        static Look at(OpenedFooter footer, CompactionOptions options) {
            boolean compactable = footer.inspect(options.settings()).compactable();
            return new Look(
                    FileForm.of(footer.footer()), footer.footer().rowGroupCount(), compactable, footer.traffic());
        }
    }

    /**
     * Returns the form of a file.
     *
     * @throws Unsupported or {@link CorruptFile} if its footer cannot be read
     */
    public FileForm form(DataFile file) {
        if (!known.containsKey(file.path())) {
            look(file);
        }
        return Objects.requireNonNull(known.get(file.path()));
    }

    /** Returns whether the form of a file is known without reading anything. */
    public boolean knows(DataFile file) {
        return known.containsKey(file.path());
    }

    /** Takes the form of a file from a footer that a merge has read. */
    public void learn(DataFile file, Footer footer) {
        learn(file, FileForm.of(footer));
    }

    private void learn(DataFile file, FileForm form) {
        known.put(file.path(), forms.computeIfAbsent(form, same -> same));
    }

    /** Takes what a merge that was given up has taken of stores. */
    public void spent(Traffic more) {
        traffic = traffic.plus(more);
    }

    /** Returns the columns of a file; files of one form share them. */
    public FileColumns columns(DataFile file) {
        return columns.computeIfAbsent(form(file), FileColumns::of);
    }

    /**
     * Returns whether a compaction of the file alone would merge row groups.
     *
     * @throws Unsupported or {@link CorruptFile} if its footer cannot be read
     */
    public boolean compactable(DataFile file) {
        look(file);
        return compactable.contains(file.path());
    }

    /** Returns whether the footer of a file was read here, or cannot be read. */
    public boolean looked(DataFile file) {
        return looked.contains(file.path()) || unreadable.containsKey(file.path());
    }

    private void look(DataFile file) {
        lookAt(List.of(file));
        GlulamException failure = unreadable.get(file.path());
        if (failure != null) {
            throw failure;
        }
    }

    /** Reads the footers of files, each once; a file whose footer cannot be read fails when something of it is asked for. */
    public void lookAt(List<DataFile> files) {
        footers.forEach(files.stream().filter(file -> !looked(file)).toList(), (file, found) -> {
            try {
                take(file, found.get());
            } catch (Unsupported | CorruptFile failure) {
                unreadable.put(file.path(), failure);
            }
        });
    }

    private void take(DataFile file, Look look) {
        learn(file, look.form());
        looked.add(file.path());
        if (look.compactable()) {
            compactable.add(file.path());
        }
        rowGroups += look.rowGroups();
        traffic = traffic.plus(look.traffic());
    }

    /** Number of footers that were read. */
    public int read() {
        return looked.size();
    }

    /** Number of row groups that the footers have. */
    public long rowGroups() {
        return rowGroups;
    }

    /** Returns the requests that reading took. */
    public Traffic traffic() {
        return traffic;
    }
}
