package io.glulam.plan;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source row groups of each output row group, planned from the footer's sizes alone. Immutable; held in
 * primitive arrays, so that a million row groups stay affordable.
 */
public final class Layout {
    /** The source row groups that are written, in the order in which the output takes them up. */
    private final int[] sources;

    /** For each output row group the end of its part of {@link #sources}. */
    private final int[] ends;

    private final @Nullable Reason[] keptFor;
    private final long[] rows;
    private final long[] bytes;
    private final RowGroups dropped;

    private Layout(Builder builder, RowGroups dropped) {
        this.sources = Arrays.copyOf(builder.sources, builder.sourceCount);
        this.ends = Arrays.copyOf(builder.ends, builder.groupCount);
        this.keptFor = Arrays.copyOf(builder.keptFor, builder.groupCount);
        this.rows = Arrays.copyOf(builder.rows, builder.groupCount);
        this.bytes = Arrays.copyOf(builder.bytes, builder.groupCount);
        this.dropped = dropped;
    }

    /** Returns the output's row groups in their order: an unmodifiable view that makes its elements when asked. */
    public List<GroupLayout> groups() {
        return new AbstractList<>() {
            @Override
            public GroupLayout get(int group) {
                RowGroups.Builder collected = new RowGroups.Builder();
                for (int i = group == 0 ? 0 : ends[group - 1]; i < ends[group]; i++) {
                    collected.add(sources[i]);
                }
                return new GroupLayout(collected.build(), keptFor[group], rows[group], bytes[group]);
            }

            @Override
            public int size() {
                return ends.length;
            }
        };
    }

    /** Returns the row groups without rows, which the output leaves out. */
    public RowGroups dropped() {
        return dropped;
    }

    /** Returns whether there is nothing to do: every row group stays, where it is. */
    public boolean isEmpty() {
        return dropped.isEmpty()
                && sources.length == ends.length
                && !Arrays.asList(keptFor).contains(null);
    }

    /** Collects a layout group by group. Not thread-safe. */
    public static final class Builder {
        private int[] sources;
        private int[] ends = new int[16];
        private @Nullable Reason[] keptFor = new @Nullable Reason[16];
        private long[] rows = new long[16];
        private long[] bytes = new long[16];
        private int sourceCount;
        private int groupCount;

        /** @param mostSources at least as many source row groups as will be added */
        public Builder(int mostSources) {
            sources = new int[mostSources];
        }

        /** Adds a source to the output row group that is being collected; sources ascend within one. */
        public Builder source(int rowGroup) {
            sources[sourceCount++] = rowGroup;
            return this;
        }

        /**
         * Closes the output row group that is being collected.
         *
         * @param reason why its only source is kept; null if it is written again
         */
        public Builder endGroup(@Nullable Reason reason, long groupRows, long groupBytes) {
            if (groupCount == ends.length) {
                int capacity = 2 * groupCount;
                ends = Arrays.copyOf(ends, capacity);
                keptFor = Arrays.copyOf(keptFor, capacity);
                rows = Arrays.copyOf(rows, capacity);
                bytes = Arrays.copyOf(bytes, capacity);
            }
            ends[groupCount] = sourceCount;
            keptFor[groupCount] = reason;
            rows[groupCount] = groupRows;
            bytes[groupCount] = groupBytes;
            groupCount++;
            return this;
        }

        /** Returns the layout, with the row groups that it leaves out. */
        public Layout build(RowGroups dropped) {
            return new Layout(this, dropped);
        }
    }
}
