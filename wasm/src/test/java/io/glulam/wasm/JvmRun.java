package io.glulam.wasm;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.execute.PlanExecutor;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.Effort;
import io.glulam.plan.Plan;
import io.glulam.plan.Rewrite;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.plan.SourceIdentity;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVM makes of a file, with its threads and native codecs.
 *
 * @param kind of the failure; empty for none
 * @param message of the failure
 */
record JvmRun(Plan plan, String kind, String message) {
    private static final Plan NONE =
            new Plan(new SourceIdentity("", 0, ""), Settings.defaults(), List.of(), 0, List.of(), RowGroups.NONE);

    /** Runs it; {@code output} gets what is written. */
    static JvmRun of(Path source, Effort effort, long buffers, Path output) throws IOException {
        Settings settings = Settings.defaults().withEffort(effort).withRewrite(Rewrite.ALL);
        ExecutionResources resources = new LocalResources(2, buffers, null, false);
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            SourceFile file = SourceFile.of(reader, FooterReader.read(reader, buffers), buffers, JvmCodecs.INSTANCE);
            SurveyCache surveys = new SurveyCache(file, settings, resources);
            Plan plan = new Planner(surveys, settings, done -> {}).plan();
            HeapWriter out = new HeapWriter();
            if (!plan.isEmpty()) {
                new PlanExecutor(surveys, resources, done -> {}).execute(plan, out);
            }
            Files.write(output, out.bytes());
            return new JvmRun(plan, "", "");
        } catch (GlulamException failure) {
            GlulamException placed = failure.within(Place.of(source.toString()));
            return new JvmRun(NONE, placed.getClass().getSimpleName(), String.valueOf(placed.getMessage()));
        }
    }
}
