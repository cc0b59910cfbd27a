package io.glulam.gate;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one changed source against the class files of everything else. Thread-safe. */
final class MutantCompiler {
    private final JavaCompiler compiler;

    /** @throws IllegalStateException if this Java has no compiler */
    MutantCompiler() {
        JavaCompiler found = ToolProvider.getSystemJavaCompiler();
        if (found == null) {
            throw new IllegalStateException("a JDK is needed: this Java has no compiler");
        }
        compiler = found;
    }

    /**
     * Compiles a class and its nested classes.
     *
     * @param className full name
     * @param classPath what the class refers to
     * @param into folder of the class files
     * @return the compiler's messages if it refused the code, else an empty text
     */
    String compile(String className, String source, String classPath, Path into) throws IOException {
        Files.createDirectories(into);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        List<String> options = List.of(
                "-nowarn",
                "-proc:none",
                "-implicit:none",
                "-parameters",
                "-g",
                "-XDstringConcat=inline",
                "-cp",
                classPath,
                "-d",
                into.toString());
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file))
                .call();
        return compiled ? "" : messages.toString();
    }
}
