package io.glulam.plan;

import java.util.List;

/**
 * Which source row groups make which output row group, planned from the footer's sizes alone.
 *
 * @param groups the output's row groups in their order
 * @param dropped row groups without rows, which the output leaves out
 */
public record Layout(List<GroupLayout> groups, Sources dropped) {
    public Layout {
        groups = List.copyOf(groups);
    }

    /** Whether there is nothing to do: every row group stays, where it is. */
    public boolean isEmpty() {
        return dropped.isEmpty() && groups.stream().noneMatch(GroupLayout::isMerged);
    }
}
