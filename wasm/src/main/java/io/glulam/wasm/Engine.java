package io.glulam.wasm;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.execute.ExecutionResult;
import io.glulam.execute.PlanExecutor;
import io.glulam.footer.FooterReader;
import io.glulam.picture.ChunkMatrix;
import io.glulam.picture.ChunkPages;
import io.glulam.picture.PageLister;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.InlineResources;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.teavm.interop.Export;

/**
 * What the host calls. Each call asks the host for a {@link Request}, gives an {@link Answer}, and returns 0, or 1 if the
 * answer is a failure. One call at a time for each instance.
 */
public final class Engine {
    /** Of column chunks that are shown; the service's are the same. */
    private static final int MAX_ROW_GROUPS = 100;

    private static final int MAX_COLUMNS = 100;

    /** A page's header may take a request. */
    private static final int MAX_PAGES = 20;

    private Engine() {}

    /** The compiler begins here; the host calls the exports instead. */
    public static void main(String[] arguments) {}

    /** Checks the settings of the request; of the source nothing is read. */
    @Export(name = "check")
    public static int check() {
        Request request = Request.fromHost();
        try {
            request.settings();
            return 0;
        } catch (GlulamException failure) {
            Answer.of(failure).toHost();
            return 1;
        }
    }

    /** Reads the footer, and answers with the {@linkplain Shape shape} of the object. */
    @Export(name = "inspect")
    public static int inspect() {
        return answered(Run::inspected);
    }

    /** As {@link #inspect}, with the column chunks of the first row groups and columns. */
    @Export(name = "chunks")
    public static int chunks() {
        return answered(run -> run.inspected().with("chunks", run.chunks().json()));
    }

    /**
     * Answers with the first {@linkplain ChunkPages pages} of the column chunk that the request names, and with nothing if there
     * is no such chunk.
     */
    @Export(name = "pages")
    public static int pages() {
        return answered(Run::pages);
    }

    /** Plans a compaction, and answers with the object's shape and the plan as JSON. */
    @Export(name = "plan")
    public static int plan() {
        return answered(run -> run.inspected().with("plan", json(run.plan())));
    }

    /**
     * Carries out the request's plan, or one made newly, onto the host's new object, and verifies it. Answers with the
     * object's shape, the plan and, unless there was nothing to do, with what was written; publishing is the host's.
     */
    @Export(name = "compact")
    public static int compact() {
        return answered(run -> {
            Plan plan = run.plan();
            Answer answer = run.inspected().with("plan", json(plan));
            return plan.isEmpty() ? answer : run.carriedOut(plan, answer);
        });
    }

    /** Merges the request's inputs onto the host's new object, and verifies it. Answers with what came of it. */
    @Export(name = "merge")
    public static int merge() {
        return answered(Request.fromHost(), Merge::of);
    }

    private static int answered(Function<Run, Answer> work) {
        return answered(Request.fromHost(), request -> work.apply(Run.of(request)));
    }

    private static int answered(Request request, Function<Request, Answer> work) {
        try {
            work.apply(request).toHost();
            return 0;
        } catch (GlulamException failure) {
            Answer.of(failure.within(Place.of(request.name()))).toHost();
            return 1;
        }
    }

    static String json(Plan plan) {
        return new String(PlanJson.write(plan), StandardCharsets.UTF_8);
    }

    /** A request, and its source opened. */
    private record Run(Request request, HostReader source, SurveyCache surveys, ExecutionResources resources) {
        static Run of(Request request) {
            long buffers = request.bufferBytes();
            HostReader reader = request.source();
            SourceFile file = SourceFile.of(reader, FooterReader.read(reader, buffers), buffers, new HostCodecs());
            ExecutionResources resources = new InlineResources(buffers);
            return new Run(request, reader, new SurveyCache(file, request.settings(), resources), resources);
        }

        Answer inspected() {
            SourceFile file = surveys.file();
            return new Answer().with("shape", Shape.of(file.footer(), request.size(), request.settings()));
        }

        ChunkMatrix chunks() {
            return ChunkMatrix.of(surveys.file().footer(), MAX_ROW_GROUPS, MAX_COLUMNS);
        }

        Answer pages() {
            SourceFile file = surveys.file();
            int rowGroup = request.rowGroup();
            int column = request.column();
            boolean isThere = rowGroup < file.footer().rowGroupCount()
                    && column < file.footer().schema().leaves().size();
            return isThere
                    ? new Answer()
                            .with(
                                    "pages",
                                    new PageLister(file.bytes(), file.footer())
                                            .pages(rowGroup, column, MAX_PAGES)
                                            .json())
                    : new Answer();
        }

        Plan plan() {
            Plan given = request.plan();
            return given == null ? new Planner(surveys, request.settings(), done -> {}).plan() : given;
        }

        Answer carriedOut(Plan plan, Answer answer) {
            HostWriter writer = new HostWriter(source, source.name(), request.copies(), 0);
            ExecutionResult result = new PlanExecutor(surveys, resources, done -> {}).execute(plan, writer);
            return answer.with("bytes", Long.toString(result.size()))
                    .with("rowGroups", Integer.toString(result.footer().rowGroupCount()))
                    .with("newShape", Shape.of(result.footer(), result.size(), request.settings()))
                    .with("dropped", String.join("\n", result.dropped()));
        }
    }
}
