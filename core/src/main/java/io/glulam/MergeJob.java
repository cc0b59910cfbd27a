package io.glulam;

import io.glulam.join.JoinedForm;
import io.glulam.join.Slice;
import io.glulam.merge.InputGroup;
import io.glulam.merge.OutputPacking.Packed;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** An output of a merge that another process writes: its inputs, each pinned to a version, and its form. Immutable. */
public final class MergeJob implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int index;
    private final String group;
    private final JoinedForm form;
    private final ArrayList<Part> parts;

    private MergeJob(int index, String group, JoinedForm form, List<Part> parts) {
        this.index = index;
        this.group = group;
        this.form = form;
        this.parts = new ArrayList<>(parts);
    }

    /**
     * Consecutive row groups of an input.
     *
     * @param name absolute path of the input, or its address in a store
     * @param size its bytes
     * @param version that is taken, or the job fails
     * @param from the first row group
     * @param to one past the last row group
     * @param start where the region that holds them begins
     * @param end one past the region's last byte
     * @param last whether no row group of the input comes after them
     */
    record Part(String name, long size, String version, int from, int to, long start, long end, boolean last)
            implements Serializable {
        static Part of(Slice slice) {
            return new Part(
                    slice.input().object().fullName(),
                    slice.input().size(),
                    slice.input().version(),
                    slice.from(),
                    slice.to(),
                    slice.start(),
                    slice.end(),
                    slice.last());
        }
    }

    static MergeJob of(int index, InputGroup group, Packed packed) {
        List<Part> parts = packed.slices().stream().map(Part::of).toList();
        return new MergeJob(index, group.name(), group.agreement().form(), parts);
    }

    /** Returns its position among the jobs of the merge, from 0 on. */
    public int index() {
        return index;
    }

    /** Returns the folder of the output below the merge's folder; empty for none. */
    public String group() {
        return group;
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return parts.size();
    }

    JoinedForm form() {
        return form;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }
}
