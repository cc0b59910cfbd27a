package io.glulam.gate;

import io.glulam.gate.Outcome.Verdict;
import io.glulam.gate.SourceTree.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Applies mutations one by one, in copies of the class files, and runs their tests. */
final class Gate implements AutoCloseable {
    /** Of one mutation's tests. */
    private static final long TIMEOUT_SECONDS = 300;

    /** Of all tests without any mutation. */
    private static final long BASELINE_SECONDS = 1800;

    private final SourceTree tree;
    private final ClassPaths classPaths;
    private final MutantCompiler compiler = new MutantCompiler();
    private final TestProcesses processes;
    private final Path work;

    /** @param work folder for class files and logs; logs of what went wrong stay there */
    Gate(SourceTree tree, ClassPaths classPaths, Path work) {
        this.tree = tree;
        this.classPaths = classPaths;
        this.processes = new TestProcesses(classPaths, work);
        this.work = work;
    }

    /**
     * Runs all tests that the mutations name, without a mutation: a test that fails anyway proves nothing.
     *
     * @return what is wrong, a line for each module; empty if all tests pass
     */
    List<String> baseline(List<Mutation> mutations) throws IOException, InterruptedException {
        Map<Path, Set<String>> tests = new LinkedHashMap<>();
        for (Mutation mutation : mutations) {
            tests(mutation)
                    .forEach((module, names) -> tests.computeIfAbsent(module, absent -> new LinkedHashSet<>())
                            .addAll(names));
        }
        List<String> problems = new ArrayList<>();
        for (Map.Entry<Path, Set<String>> entry : tests.entrySet()) {
            Path module = entry.getKey();
            Path folder = Files.createDirectories(work.resolve("baseline-" + module.getFileName()));
            TestProcess.Result result = processes.run(
                    module, folder, List.copyOf(entry.getValue()), folder.resolve("log"), BASELINE_SECONDS);
            if (!result.failure().isEmpty() || !result.problem().isEmpty()) {
                problems.add(module.getFileName() + ": " + result.failure() + result.problem() + "; see "
                        + folder.resolve("log"));
            }
        }
        return problems;
    }

    /**
     * Tries every mutation.
     *
     * @param jobs processes at once
     * @param seconds after which no mutation is begun any more
     * @param each hears of each outcome as soon as it is there, from any thread
     * @return the outcomes in the order of the mutations, without those that were not begun
     */
    List<Outcome> run(List<Mutation> mutations, int jobs, long seconds, Consumer<Outcome> each)
            throws InterruptedException {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<Optional<Outcome>>> running = new ArrayList<>();
            for (int i = 0; i < mutations.size(); i++) {
                Mutation mutation = mutations.get(i);
                Path folder = work.resolve("mutation-" + (i + 1));
                running.add(threads.submit(() -> {
                    if ((System.nanoTime() - start) / 1e9 > seconds) {
                        return Optional.empty();
                    }
                    Outcome outcome = outcome(mutation, folder);
                    each.accept(outcome);
                    return Optional.of(outcome);
                }));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Optional<Outcome>> outcome : running) {
                outcome.get().ifPresent(outcomes::add);
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome outcome(Mutation mutation, Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Verdict verdict = Verdict.ERROR;
        String detail;
        try {
            detail = failure(mutation, folder);
            verdict = detail.isEmpty() ? Verdict.SURVIVED : Verdict.KILLED;
        } catch (InvalidList problem) {
            detail = String.valueOf(problem.getMessage());
        }
        if (verdict == Verdict.KILLED) {
            TestProcess.removeTree(folder);
        }
        return new Outcome(mutation, verdict, detail, (System.nanoTime() - start) / 1e9);
    }

    /** Returns the test that failed; empty if none did. */
    private String failure(Mutation mutation, Path folder) throws IOException, InterruptedException {
        Source source = tree.main(mutation.className(), mutation);
        String code = mutated(mutation, Files.readString(source.file()));
        Path classes = folder.resolve("classes");
        String messages = compiler.compile(source.className(), code, classPaths.of(source.module()), classes);
        if (!messages.isEmpty()) {
            throw new InvalidList(
                    mutation.origin(),
                    "does not compile: " + messages.lines().limit(3).toList());
        }
        for (Map.Entry<Path, List<String>> tests : tests(mutation).entrySet()) {
            Path module = tests.getKey();
            TestProcess.Result result =
                    processes.run(module, classes, tests.getValue(), folder.resolve("log"), TIMEOUT_SECONDS);
            if (!result.problem().isEmpty()) {
                throw new InvalidList(mutation.origin(), result.problem());
            }
            if (!result.failure().isEmpty()) {
                return result.failure();
            }
        }
        return "";
    }

    /**
     * Returns the source with the mutation in it.
     *
     * @throws InvalidList if the mutation's code is not in the source, or more than once
     */
    static String mutated(Mutation mutation, String source) {
        CodePattern pattern = new CodePattern(mutation.original());
        int found = pattern.count(source);
        if (found != 1) {
            throw new InvalidList(
                    mutation.origin(),
                    found == 0
                            ? "the code is not in " + mutation.className()
                            : "the code is " + found + " times in " + mutation.className() + ": name more of it");
        }
        return pattern.replaceFirst(source, mutation.mutated());
    }

    /** Returns the full names of a mutation's tests by module. */
    private Map<Path, List<String>> tests(Mutation mutation) {
        Map<Path, List<String>> tests = new LinkedHashMap<>();
        for (String test : mutation.tests()) {
            int hash = test.indexOf('#');
            String method = hash < 0 ? "" : test.substring(hash);
            Source source = tree.test(hash < 0 ? test : test.substring(0, hash), mutation);
            tests.computeIfAbsent(source.module(), absent -> new ArrayList<>()).add(source.className() + method);
        }
        return tests;
    }

    @Override
    public void close() throws IOException {
        processes.close();
    }
}
