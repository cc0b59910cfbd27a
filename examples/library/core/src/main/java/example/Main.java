package example;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.FileVerifier;
import io.glulam.Job;
import io.glulam.plan.Effort;
import io.glulam.plan.Plan;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import java.nio.file.Path;

/** Compacts a file into another one, by a plan that it looks at first. */
public final class Main {
    private Main() {}

    /** @param arguments the file and the new file */
    public static void main(String[] arguments) {
        Path source = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        CompactionOptions options =
                CompactionOptions.defaults().withSettings(Settings.defaults().with(Setting.EFFORT, Effort.COPY));
        Compactor compactor = new Compactor(options);
        Plan plan = compactor.plan(source);
        if (plan.isEmpty()) {
            System.out.println("There is nothing to compact.");
            return;
        }
        CompactionReport report = compactor.run(Job.of(source, target).withPlan(plan));
        System.out.println(report.before().rowGroups() + " row groups became "
                + report.after().rowGroups());
        FileVerifier.firstDifference(source, target, options).ifPresent(difference -> {
            throw new IllegalStateException("the files differ: " + difference);
        });
        System.out.println("Both files hold the same rows.");
    }
}
