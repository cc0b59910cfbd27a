package io.glulam.gate;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherExecutionRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The process in which tests run. Each line that it reads is a run: a file for the tests' output, folders of class files
 * and tests. The libraries stay, the folders get a class loader of their own; a run ends at the first failure. The reply
 * is {@code gate failed TEST}, {@code gate passed COUNT}, or {@code gate broken REASON} if the tests cannot be run; then
 * {@code gate ready}, or the process ends, if the tests have left threads.
 */
final class TestRun {
    /** What each line for the gate begins with. */
    static final String REPLY = "gate ";

    /** The begin of a reply if a test failed. */
    static final String FAILED = "gate failed ";

    /** The begin of a reply if none did. */
    static final String PASSED = "gate passed ";

    /** The begin of a reply if the tests cannot be run. */
    static final String BROKEN = "gate broken ";

    /** The next run may begin. */
    static final String READY = "gate ready";

    /** The process has ended. */
    static final String GONE = "gate gone";

    /** Between the parts of a request. */
    static final String SEPARATOR = "\t";

    /** That threads may take to end after their tests. */
    private static final long GRACE_MILLIS = 200;

    private TestRun() {}

    /** No arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream replies = System.out;
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String libraries = System.getProperty("java.class.path");
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] request = line.split(SEPARATOR, -1);
            System.setProperty("java.class.path", request[1] + File.pathSeparator + libraries);
            boolean clean;
            try (PrintStream log = new PrintStream(request[0], StandardCharsets.UTF_8);
                    URLClassLoader project = loader(request[1])) {
                System.setOut(log);
                System.setErr(log);
                replies.println(reply(project, request[2].split(" ", -1), log));
                clean = leavesNoThread(project);
            }
            if (!clean) {
                break;
            }
            replies.println(READY);
        }
        // Threads that a run has left must not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static URLClassLoader loader(String folders) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String folder : folders.split(File.pathSeparator, -1)) {
            urls.add(Path.of(folder).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), TestRun.class.getClassLoader());
    }

    private static String reply(ClassLoader project, String[] tests, PrintStream log) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(project);
        try {
            List<DiscoverySelector> selectors = new ArrayList<>();
            for (String test : tests) {
                selectors.addAll(selectors(test, project));
            }
            return selectors.isEmpty() ? BROKEN + "there is no such test" : run(selectors, log);
        } catch (ClassNotFoundException e) {
            return BROKEN + "there is no class " + e.getMessage();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String run(List<DiscoverySelector> selectors, PrintStream log) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(TagFilter.excludeTags("corpus"))
                .build();
        CancellationToken cancellation = CancellationToken.create();
        FirstFailure listener = new FirstFailure(log, cancellation);
        LauncherExecutionRequest execution = LauncherExecutionRequestBuilder.request(request)
                .cancellationToken(cancellation)
                .listeners(listener)
                .build();
        LauncherFactory.create().execute(execution);
        return listener.reply();
    }

    /** Threads get the context class loader of those that start them. */
    @SuppressWarnings("ReferenceEquality") // A thread and a class loader are themselves.
    private static boolean leavesNoThread(ClassLoader project) {
        Thread[] threads = new Thread[Thread.activeCount() + 16];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            Thread thread = threads[i];
            if (thread != Thread.currentThread() && thread.getContextClassLoader() == project) {
                try {
                    thread.join(GRACE_MILLIS);
                } catch (InterruptedException interrupt) {
                    return false;
                }
                if (thread.isAlive()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns a class, or its methods of one name with whatever parameters; nothing if it has none. */
    private static List<DiscoverySelector> selectors(String test, ClassLoader project) throws ClassNotFoundException {
        int hash = test.indexOf('#');
        Class<?> owner = Class.forName(hash < 0 ? test : test.substring(0, hash), false, project);
        if (hash < 0) {
            return List.of(selectClass(owner));
        }
        List<DiscoverySelector> selectors = new ArrayList<>();
        addMethods(owner, test.substring(hash + 1), selectors);
        return selectors;
    }

    /** Of the class, of those that it extends, and of those that are nested in it. */
    private static void addMethods(Class<?> owner, String name, List<DiscoverySelector> selectors) {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name) && !method.isSynthetic()) {
                    selectors.add(selectMethod(owner, method));
                }
            }
        }
        for (Class<?> nested : owner.getDeclaredClasses()) {
            if (!Modifier.isStatic(nested.getModifiers())) {
                addMethods(nested, name, selectors);
            }
        }
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
        private final PrintStream log;
        private final CancellationToken cancellation;
        private @Nullable String failed;
        private int passed;

        FirstFailure(PrintStream log, CancellationToken cancellation) {
            this.log = log;
            this.cancellation = cancellation;
        }

        synchronized String reply() {
            return failed == null ? PASSED + passed : failed;
        }

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED && failed == null) {
                result.getThrowable().ifPresent(failure -> failure.printStackTrace(log));
                String name = name(test);
                failed = (name == null ? BROKEN + test.getDisplayName() : FAILED + name).replace('\n', ' ');
                cancellation.cancel();
            } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                passed++;
            }
        }
    }
}
