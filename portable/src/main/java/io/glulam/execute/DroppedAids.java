package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.source.FragmentChunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the aids (indexes, bloom filters, statistics) that the new file leaves out because they are damaged or
 * contradict what is known: one line for each kind of damage, with the first place. Thread-safe.
 */
final class DroppedAids {
    /** The problem of an index that the footer places where none can lie. */
    static final String OUTSIDE = "it does not lie within the file's data";

    private final String object;
    private final boolean strict;
    private final Map<Damage, Places> found = new LinkedHashMap<>();

    private record Damage(String aid, String problem) {}

    private record Places(Place first, int count) {}

    /**
     * @param object name of the source
     * @param strict whether an aid that would be left out is refused instead
     */
    DroppedAids(String object, boolean strict) {
        this.object = object;
        this.strict = strict;
    }

    /**
     * Notes that an aid of a source's column chunk is left out.
     *
     * @param aid what it is
     * @param problem what is wrong with it, without numbers, so that the same damage is told once
     * @throws Unsupported if strict
     */
    synchronized void add(int rowGroup, String column, String aid, String problem) {
        if (strict) {
            throw new Unsupported(
                    new Place(null, rowGroup, column, -1).within(Place.of(object)),
                    "the " + aid + " would be lost: " + problem,
                    Remedy.NOT_STRICT.text());
        }
        note(rowGroup, column, aid, problem);
    }

    /** Notes that a column chunk does not get an aid that the source does not have either. */
    synchronized void note(int rowGroup, String column, String aid, String problem) {
        Place place = new Place(null, rowGroup, column, -1);
        found.merge(
                new Damage(aid, problem),
                new Places(place, 1),
                (known, more) -> new Places(known.first(), known.count() + more.count()));
    }

    /**
     * Notes those of a source's column chunk that the footer places where none can lie.
     *
     * @throws Unsupported if strict
     */
    void addUnusable(FragmentChunk source, String column) {
        ColumnChunk chunk = source.chunk();
        addUnusable(source, column, chunk.bloomFilterOffset(), "bloom filter");
        addUnusable(source, column, chunk.columnIndexOffset(), "column index");
        addUnusable(source, column, chunk.offsetIndexOffset(), "offset index");
    }

    private void addUnusable(FragmentChunk source, String column, long offset, String aid) {
        if (offset == ColumnChunk.UNUSABLE) {
            add(source.rowGroup(), column, aid, OUTSIDE);
        }
    }

    /** The lines, in the order in which their damage was found first. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        found.forEach((damage, places) -> lines.add(damage.aid() + " of " + places.first()
                + (places.count() == 1 ? "" : " and of " + (places.count() - 1) + " more column chunks") + ": "
                + damage.problem()));
        return lines;
    }
}
