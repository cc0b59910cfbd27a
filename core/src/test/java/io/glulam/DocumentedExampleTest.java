package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.ReferenceExample;
import io.glulam.testkit.read.TripletComparison;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/java.md compiles and does what it says. */
class DocumentedExampleTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String FRAME = """
        import io.glulam.*;
        import io.glulam.plan.*;
        public class Example {
            public static void run(java.nio.file.Path source) {
        %s
            }
        }
        """;

    @TempDir
    Path folder;

    @Test
    void exampleCompactsInPlaceAndKeepsABackup() throws Exception {
        Path source = ReferenceExample.write(folder.resolve("source.parquet")).file();
        Path before = Files.copy(source, folder.resolve("before.parquet"));
        compiled().getMethod("run", Path.class).invoke(null, source);
        assertThat(folder.resolve("source.parquet.bak")).hasSameBinaryContentAs(before);
        assertThat(Files.size(source)).isNotEqualTo(Files.size(before));
        assertThat(TripletComparison.firstDifference(before, source)).isEmpty();
    }

    private Class<?> compiled() throws IOException, ClassNotFoundException {
        Path file = folder.resolve("Example.java");
        Files.writeString(file, FRAME.formatted(example()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null)
                                .getJavaFileObjects(new File[] {file.toFile()}))
                .call();
        assertThat(compiled).as("compiles: %s", messages).isTrue();
        URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        return loader.loadClass("Example");
    }

    private static String example() throws IOException {
        Matcher matcher = JAVA.matcher(Files.readString(Path.of("..", "docs", "java.md")));
        assertThat(matcher.find()).as("the page has an example").isTrue();
        return matcher.group(1);
    }
}
