package io.glulam.gate;

import io.glulam.gate.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Takes fixes out and prints which test notices it. See {@code gate/run}. */
final class Main {
    private Main() {}

    /** Arguments: the project's folder, then options. Exit code 1 if a fix is not guarded or a list must be mended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int exitCode;
        try {
            List<String> given = List.of(arguments);
            Path root = Path.of(given.get(0)).toAbsolutePath().normalize();
            exitCode = run(root, Options.parse(given.subList(1, given.size())));
        } catch (IllegalArgumentException | InvalidList e) {
            System.err.println("gate/run: " + e.getMessage());
            exitCode = 2;
        }
        System.exit(exitCode);
    }

    private static int run(Path root, Options options) throws IOException, InterruptedException {
        Path folder = root.resolve("gate").resolve("target");
        List<Mutation> mutations =
                selected(MutationList.readAll(root.resolve("gate").resolve("mutations")), options);
        if (mutations.isEmpty()) {
            throw new IllegalArgumentException("no mutation is selected");
        }
        Path work = folder.resolve("work");
        TestProcess.removeTree(work);
        Files.createDirectories(work);
        ClassPaths classPaths =
                new ClassPaths(folder.resolve("classpaths"), work, System.getProperty("java.class.path"));
        try (Gate gate = new Gate(SourceTree.of(root), classPaths, work)) {
            if (options.baseline()) {
                List<String> problems = gate.baseline(mutations);
                problems.forEach(problem -> System.out.println("fails without a mutation: " + problem));
                if (!problems.isEmpty()) {
                    return 1;
                }
            }
            long start = System.nanoTime();
            Integer seconds = options.seconds();
            List<Outcome> outcomes =
                    gate.run(mutations, options.jobs(), seconds == null ? Long.MAX_VALUE : seconds, Main::print);
            int left = mutations.size() - outcomes.size();
            System.out.print(left == 0 ? "" : "\n" + left + " mutations were not begun\n");
            return summary(outcomes, work, (System.nanoTime() - start) / 1e9);
        }
    }

    private static List<Mutation> selected(List<Mutation> all, Options options) {
        List<Mutation> selected = new ArrayList<>();
        String only = options.only();
        for (Mutation mutation : all) {
            String text = mutation.origin() + " " + mutation.className() + " " + mutation.title();
            if (only == null || text.toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT))) {
                selected.add(mutation);
            }
        }
        Long seed = options.tenth();
        if (seed != null) {
            Collections.shuffle(selected, new Random(seed));
            selected = selected.subList(0, (selected.size() + 9) / 10);
        }
        return selected;
    }

    private static synchronized void print(Outcome outcome) {
        String verdict = outcome.verdict() == Verdict.KILLED
                ? "killed by"
                : outcome.verdict().toString();
        System.out.printf(
                Locale.ROOT,
                "%-9s %-50s %5.1f s  %s: %s%n",
                verdict,
                outcome.detail(),
                outcome.seconds(),
                outcome.mutation().className(),
                outcome.mutation().title());
    }

    private static int summary(List<Outcome> outcomes, Path work, double seconds) {
        List<Outcome> bad =
                outcomes.stream().filter(outcome -> !outcome.isGood()).toList();
        System.out.printf(
                Locale.ROOT,
                "%n%d mutations in %.0f s: %d killed, %d not%n",
                outcomes.size(),
                seconds,
                outcomes.size() - bad.size(),
                bad.size());
        for (Outcome outcome : bad) {
            System.out.println(
                    "fail: " + outcome.verdict() + " " + outcome.mutation().origin() + " "
                            + outcome.mutation().title() + (outcome.detail().isEmpty() ? "" : ": " + outcome.detail()));
        }
        if (!bad.isEmpty()) {
            System.out.println("Logs are in " + work);
        }
        return bad.isEmpty() ? 0 : 1;
    }
}
