package io.glulam.gate;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The process in which tests run: ends at the first failure. Its last line is {@code gate failed TEST},
 * {@code gate passed COUNT}, or {@code gate broken REASON} if the tests cannot be run.
 */
final class TestRun {
    /** The last line's begin if a test failed. */
    static final String FAILED = "gate failed ";

    /** The last line's begin if none did. */
    static final String PASSED = "gate passed ";

    /** The last line's begin if the tests cannot be run. */
    static final String BROKEN = "gate broken ";

    private TestRun() {}

    /** Arguments: full names of test classes, each with {@code #method} where only one method runs. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        List<DiscoverySelector> selectors = new ArrayList<>();
        try {
            for (String argument : arguments) {
                selectors.addAll(selectors(argument));
            }
        } catch (ClassNotFoundException e) {
            out.println(BROKEN + "there is no class " + e.getMessage());
            return;
        }
        if (selectors.isEmpty()) {
            out.println(BROKEN + "there is no such test");
            return;
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(TagFilter.excludeTags("corpus"))
                .build();
        FirstFailure listener = new FirstFailure(out);
        LauncherFactory.create().execute(request, listener);
        out.println(PASSED + listener.passed);
        out.flush();
        // Threads that a broken run leaves must not keep the process.
        Runtime.getRuntime().halt(0);
    }

    /** Returns a class, or its methods of one name with whatever parameters; nothing if it has none. */
    private static List<DiscoverySelector> selectors(String test) throws ClassNotFoundException {
        int hash = test.indexOf('#');
        if (hash < 0) {
            return List.of(selectClass(test));
        }
        Class<?> owner = Class.forName(test.substring(0, hash), false, TestRun.class.getClassLoader());
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(test.substring(hash + 1)) && !method.isSynthetic()) {
                    selectors.add(selectMethod(owner, method));
                }
            }
        }
        return selectors;
    }

    /** Class and method, and which of its cases; null if it is no test's failure but that of the engine. */
    private static @Nullable String name(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            String name = simple(method.getClassName()) + "#" + method.getMethodName();
            String display = test.getDisplayName();
            return display.startsWith(method.getMethodName()) ? name : name + " " + display;
        }
        return source instanceof ClassSource named ? simple(named.getClassName()) : null;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static final class FirstFailure implements TestExecutionListener {
        private final PrintStream out;
        private int passed;

        FirstFailure(PrintStream out) {
            this.out = out;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                result.getThrowable().ifPresent(failure -> failure.printStackTrace(out));
                String name = name(test);
                out.println(name == null ? BROKEN + test.getDisplayName() : FAILED + name);
                out.flush();
                Runtime.getRuntime().halt(1);
            } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                passed++;
            }
        }
    }
}
