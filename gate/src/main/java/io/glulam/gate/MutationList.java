package io.glulam.gate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads lists of mutations. A list is text: lines that begin with {@code #} are comments, empty lines are skipped, and
 * each mutation is
 *
 * <pre>
 * mutation: the fault that comes back
 * class: SimpleName, package.SimpleName or module/SimpleName
 * - code as it is, one or more lines
 * + code without the fix, any number of lines
 * test: TestClass#method, OtherTest
 * </pre>
 */
final class MutationList {
    private static final String MUTATION = "mutation:";
    private static final String CLASS = "class:";
    private static final String TEST = "test:";

    private MutationList() {}

    /**
     * Returns the mutations of all {@code .txt} files of a folder, in the order of the files' names.
     *
     * @throws InvalidList if a list is malformed or two mutations have one title
     */
    static List<Mutation> readAll(Path folder) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.txt")) {
            entries.forEach(files::add);
        }
        List<Mutation> mutations = new ArrayList<>();
        for (Path file : files) {
            mutations.addAll(parse(String.valueOf(file.getFileName()), Files.readAllLines(file)));
        }
        Map<String, String> origins = new HashMap<>();
        for (Mutation mutation : mutations) {
            String other = origins.put(mutation.title(), mutation.origin());
            if (other != null) {
                throw new InvalidList(mutation.origin(), "has the title of the mutation at " + other);
            }
        }
        return mutations;
    }

    /** Returns the mutations of one list. */
    static List<Mutation> parse(String name, List<String> lines) {
        List<Mutation> mutations = new ArrayList<>();
        Draft draft = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String origin = name + ":" + (i + 1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(MUTATION)) {
                if (draft != null) {
                    mutations.add(draft.finished());
                }
                draft = new Draft(valueOf(line, MUTATION, origin), origin);
            } else if (draft == null) {
                throw new InvalidList(origin, "stands before the first mutation");
            } else {
                draft.take(line, origin);
            }
        }
        if (draft != null) {
            mutations.add(draft.finished());
        }
        return mutations;
    }

    private static String valueOf(String line, String key, String origin) {
        String value = line.substring(key.length()).strip();
        if (value.isEmpty()) {
            throw new InvalidList(origin, "has no value");
        }
        return value;
    }

    /** A mutation of which more lines may follow. */
    private static final class Draft {
        private final String title;
        private final String origin;
        private final StringBuilder original = new StringBuilder();
        private final StringBuilder mutated = new StringBuilder();
        private final List<String> tests = new ArrayList<>();
        private String className = "";

        Draft(String title, String origin) {
            this.title = title;
            this.origin = origin;
        }

        void take(String line, String at) {
            if (line.startsWith("-")) {
                original.append(line, 1, line.length()).append('\n');
            } else if (line.startsWith("+")) {
                mutated.append(line, 1, line.length()).append('\n');
            } else if (line.startsWith(CLASS)) {
                className = valueOf(line, CLASS, at);
            } else if (line.startsWith(TEST)) {
                for (String test : valueOf(line, TEST, at).split(",", -1)) {
                    tests.add(test.strip());
                }
            } else {
                throw new InvalidList(at, "begins with none of - + " + MUTATION + " " + CLASS + " " + TEST);
            }
        }

        Mutation finished() {
            if (className.isEmpty() || original.toString().isBlank() || tests.isEmpty()) {
                throw new InvalidList(origin, "lacks its class, its code or its test");
            }
            return new Mutation(title, className, original.toString(), mutated.toString(), List.copyOf(tests), origin);
        }
    }
}
