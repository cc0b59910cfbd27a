package io.glulam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every input that was kept, of the corpus and of former findings, before its target: without Jazzer, in any JVM. */
class KeptInputsTest {
    private static final Path FUZZ = Path.of("").toAbsolutePath();

    @TestFactory
    Stream<DynamicTest> nothingIsFound() throws IOException {
        return targets().entrySet().stream()
                .flatMap(target -> inputs(target.getKey())
                        .map(input -> DynamicTest.dynamicTest(
                                target.getKey() + "/" + input.getFileName(),
                                () -> assertThatCode(() -> run(target.getValue(), Files.readAllBytes(input)))
                                        .as("fuzz/run --replay %s %s", target.getKey(), FUZZ.relativize(input))
                                        .doesNotThrowAnyException())));
    }

    @Test
    void everyTargetTakesAnEmptyInput() throws IOException {
        for (Map.Entry<String, String> target : targets().entrySet()) {
            assertThatCode(() -> run(target.getValue(), new byte[0]))
                    .as(target.getKey())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theCorpusIsSmall() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(FUZZ.resolve("corpus"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isLessThan(100 << 10);
    }

    /** Classes by name, from fuzz/targets. */
    private static Map<String, String> targets() throws IOException {
        Map<String, String> targets = new TreeMap<>();
        for (String line : Files.readAllLines(FUZZ.resolve("targets"))) {
            String[] words = line.split("\\s+");
            if (!line.startsWith("#")) {
                targets.put(words[0], words[1]);
            }
        }
        return targets;
    }

    private static Stream<Path> inputs(String target) {
        return Stream.of("corpus", "found")
                .map(folder -> FUZZ.resolve(folder).resolve(target))
                .filter(Files::isDirectory)
                .flatMap(KeptInputsTest::files);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return List.copyOf(files.sorted().toList()).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(String target, byte[] input) throws Throwable {
        try {
            Method method = Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class);
            method.invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
