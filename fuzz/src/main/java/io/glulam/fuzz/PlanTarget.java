package io.glulam.fuzz;

import io.glulam.PlanHash;
import io.glulam.error.GlulamException;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.PlanText;
import java.util.Arrays;

/** A saved plan: refused, or the same when written and read again. */
public final class PlanTarget {
    private PlanTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Plan plan;
        try {
            plan = PlanJson.read("plan", input);
        } catch (GlulamException refused) {
            return;
        }
        byte[] written = PlanJson.write(plan);
        Plan again = PlanJson.read("plan", written);
        if (!again.equals(plan)
                || !Arrays.equals(PlanJson.write(again), written)
                || !PlanHash.of(again).equals(PlanHash.of(plan))) {
            throw new Mismatch("another plan when written and read again");
        }
        PlanText.of(plan);
    }
}
