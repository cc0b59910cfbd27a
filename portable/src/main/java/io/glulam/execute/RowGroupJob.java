package io.glulam.execute;

import java.util.List;

/** An output row group to be written. */
interface RowGroupJob {
    /** Submits all its tasks, in the order of the output; waits where there is no memory. */
    void submit();

    /** Its recoded columns, in the order of the output: they may be begun before it is submitted. */
    List<ColumnRecoding> recodings();
}
