package io.glulam.gate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The project's sources, found by the simple names of their classes, so that a class may move to another package. */
final class SourceTree {
    private static final String MAIN = "src/main/java";
    private static final String TEST = "src/test/java";
    private static final String SUFFIX = ".java";

    private final Map<String, List<Source>> main = new HashMap<>();
    private final Map<String, List<Source>> tests = new HashMap<>();

    /**
     * A source file.
     *
     * @param module the folder of its module
     * @param className the full name of its class
     */
    record Source(Path module, Path file, String className) {}

    /** Finds the sources of every module under {@code root}. */
    static SourceTree of(Path root) throws IOException {
        SourceTree tree = new SourceTree();
        try (var modules = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path module : modules) {
                tree.add(module, module.resolve(MAIN), tree.main);
                tree.add(module, module.resolve(TEST), tree.tests);
            }
        }
        return tree;
    }

    private void add(Path module, Path folder, Map<String, List<Source>> sources) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX)) {
                    String path = folder.relativize(file).toString();
                    String className = path.substring(0, path.length() - SUFFIX.length())
                            .replace('/', '.')
                            .replace('\\', '.');
                    sources.computeIfAbsent(name, absent -> new ArrayList<>()).add(new Source(module, file, className));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Returns the source of a class.
     *
     * @param name its simple name, {@code package.Name} with the end of its package's name, or {@code module/Name}
     * @throws InvalidList if there is none, or more than one
     */
    Source main(String name, Mutation user) {
        return only(main, name, user);
    }

    /** As {@link #main}, of a test class. */
    Source test(String name, Mutation user) {
        return only(tests, name, user);
    }

    private static Source only(Map<String, List<Source>> sources, String name, Mutation user) {
        int slash = name.indexOf('/');
        String className = name.substring(slash + 1);
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        List<Source> found = sources.getOrDefault(simpleName + SUFFIX, List.of()).stream()
                .filter(source -> ("." + source.className()).endsWith("." + className))
                .filter(source -> slash < 0
                        || String.valueOf(source.module().getFileName()).equals(name.substring(0, slash)))
                .toList();
        if (found.size() != 1) {
            throw new InvalidList(
                    user.origin(),
                    found.isEmpty()
                            ? "there is no class " + name
                            : "say which " + name + " it is: module/Name or package.Name");
        }
        return found.get(0);
    }
}
