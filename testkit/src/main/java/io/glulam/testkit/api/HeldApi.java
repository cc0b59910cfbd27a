package io.glulam.testkit.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A module's API beside the file {@code api/MODULE.txt}, which holds what callers may count on. The module's pom names the
 * packages.
 */
public final class HeldApi {
    private static final Pattern PACKAGES = Pattern.compile("<glulam\\.api>([^<]+)</glulam\\.api>");

    private final Path module;
    private final Path file;

    /** @param module its folder, which lies beside {@code api} */
    public HeldApi(Path module) {
        this.module = module;
        this.file = module.resolveSibling("api").resolve(module.getFileName() + ".txt");
    }

    /** Returns the lines of the file that the API lacks, as a text for the developer; empty if it lacks none. It may have more lines. */
    public String losses() throws IOException {
        return losses(file.getFileName().toString(), Files.readAllLines(file), signatures());
    }

    static String losses(String file, List<String> held, List<String> now) {
        List<String> lost = new ArrayList<>(held);
        lost.removeAll(now);
        return lost.isEmpty()
                ? ""
                : "callers lose what api/" + file + " holds:\n  " + String.join("\n  ", lost)
                        + "\nKeep it. Only a version that may break callers takes these lines out of the file.";
    }

    /** Writes the file anew, with all that the API has now. */
    public void write() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, String.join("\n", signatures()) + "\n");
    }

    private List<String> signatures() throws IOException {
        Matcher matcher = PACKAGES.matcher(Files.readString(module.resolve("pom.xml")));
        if (!matcher.find()) {
            throw new IllegalStateException(module + " names no packages of its API");
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : matcher.group(1).split(",")) {
            types.addAll(types(name));
        }
        return ApiSignatures.of(types);
    }

    private List<Class<?>> types(String packageName) throws IOException {
        Path folder = module.resolve("target/classes").resolve(packageName.replace('.', '/'));
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.sorted().toList()) {
                String name = String.valueOf(path.getFileName());
                if (name.endsWith(".class") && !name.startsWith("package-info")) {
                    types.add(type(packageName + "." + name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return types;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, HeldApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
