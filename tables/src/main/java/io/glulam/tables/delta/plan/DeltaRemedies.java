package io.glulam.tables.delta.plan;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.planning.LeftTally;

/** The statements that handle files that are left. */
record DeltaRemedies(String table) implements LeftTally.Remedies {
    @Override
    public String remedy(LeftReason reason, int files) {
        return switch (reason) {
            case DELETION_VECTOR -> LeftFiles.APPLY_DELETES + ", or REORG TABLE " + table + " APPLY (PURGE)";
            case FORM_DIFFERS, REFUSED -> "OPTIMIZE " + table;
            default -> "";
        };
    }
}
