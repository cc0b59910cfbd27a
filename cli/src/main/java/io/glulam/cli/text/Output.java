package io.glulam.cli.text;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints: results to standard output, messages to standard error. Never fails while printing; what went
 * wrong is asked for at the end. Not thread-safe, but messages may come from another thread than results.
 */
public final class Output {
    private static final int BUFFER = 1 << 13;

    private final PatientStream bytes;
    private final Charset charset;
    private final PrintStream results;
    private final PrintStream messages;
    private final Terminal terminal;
    private final Glyphs glyphs;
    private boolean color;

    public Output(OutputStream results, OutputStream messages, Charset charset, Terminal terminal) {
        this.bytes = new PatientStream(results);
        this.charset = charset;
        this.results = new PrintStream(bytes, false, charset);
        this.messages = new PrintStream(messages, true, charset);
        this.terminal = terminal;
        this.glyphs = Glyphs.of(charset);
        this.color = terminal.color();
    }

    /** The process's own streams, in the locale's character set. */
    public static Output ofProcess() {
        return new Output(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                nativeCharset(),
                Terminal.of(System.getProperties(), System.getenv()));
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    /** Standard output as text. */
    public PrintStream results() {
        return results;
    }

    /** Standard output as bytes, for documents that are UTF-8 whatever the locale. */
    public OutputStream resultBytes() {
        results.flush();
        return bytes;
    }

    /** Standard error as text. */
    public PrintStream messages() {
        return messages;
    }

    public Charset charset() {
        return charset;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Glyphs glyphs() {
        return glyphs;
    }

    /** Columns that a line of results may take. */
    public int width() {
        return terminal.columns();
    }

    /** Paints results, or no longer, whatever the terminal is. */
    public void forceColor(boolean wanted) {
        color = wanted;
    }

    /** {@code text} in that colour where colours are welcome. */
    public String paint(Color wanted, String text) {
        return color ? wanted.paint(text) : text;
    }

    /** Prints a line of results. */
    public void line(String text) {
        results.println(text);
    }

    /** Prints an empty line of results. */
    public void line() {
        results.println();
    }

    /** Whether standard output takes no more bytes, so that what is printed from now on is lost. */
    public boolean isLost() {
        return bytes.failure != null;
    }

    /**
     * Flushes, and says why results were lost.
     *
     * @return null if none were, or if their reader is gone, which is no failure
     */
    public @Nullable String finish() {
        results.flush();
        bytes.flush();
        messages.flush();
        String problem = bytes.failure == null ? null : String.valueOf(bytes.failure.getMessage());
        return problem == null || problem.toLowerCase(Locale.ROOT).contains("pipe") ? null : problem;
    }

    /** Buffers, remembers the first failure, and swallows everything after it. */
    private static final class PatientStream extends OutputStream {
        private final OutputStream out;
        private @Nullable IOException failure;

        PatientStream(OutputStream out) {
            this.out = new BufferedOutputStream(out, BUFFER);
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) {
            if (failure == null) {
                try {
                    out.write(source, from, length);
                } catch (IOException e) {
                    failure = e;
                }
            }
        }

        @Override
        public void flush() {
            if (failure == null) {
                try {
                    out.flush();
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
    }
}
