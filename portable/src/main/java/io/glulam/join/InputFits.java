package io.glulam.join;

import io.glulam.footer.Footer;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.DeletedRows;
import java.util.List;

/** Tells how inputs provide the columns of their joined file. */
interface InputFits {
    /**
     * Returns one fit for each leaf column of the joined file.
     *
     * @param input its number, in the order of the rows
     * @param footer of the input
     */
    List<ColumnFit> of(int input, Footer footer);

    /**
     * Returns the rows of an input that the joined file does not get.
     *
     * @param input its number, in the order of the rows
     */
    default DeletedRows deleted(int input) {
        return DeletedRows.NONE;
    }

    /** Whether columns of inputs may have no place in the joined file. */
    boolean leavesOut();
}
