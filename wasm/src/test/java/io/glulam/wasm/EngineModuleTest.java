package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the module of WebAssembly needs of its host, and how large it is. Needs the profile wasm. */
@EnabledIfSystemProperty(named = "glulam.engine", matches = ".+")
class EngineModuleTest {
    private static final int MAX_GZIPPED = 1 << 20;
    private static final List<String> SOURCES = List.of("glulam.js", "inputs.js", "output.js", "source.js");

    /** TeaVM's runtime and the host's calls; anything else may need what Workers refuse, or wait in another way. */
    private static final List<String> IMPORTS = List.of(
            "env.memory",
            "glulam.again",
            "glulam.answer",
            "glulam.append",
            "glulam.arrange",
            "glulam.begin",
            "glulam.close",
            "glulam.copy",
            "glulam.held",
            "glulam.hold",
            "glulam.keep",
            "glulam.open",
            "glulam.pack",
            "glulam.read",
            "glulam.request",
            "glulam.reserve",
            "glulam.seal",
            "glulam.unpack",
            "glulam.written",
            "teavm.createStringWeakRef",
            "teavm.createWeakRef",
            "teavm.decorateException",
            "teavm.deref",
            "teavm.stringDeref",
            "teavm.takeStackTrace",
            "teavmDate.currentTimeMillis",
            "teavmJso.callFunction1",
            "teavmJso.callMethod0",
            "teavmJso.createClass",
            "teavmJso.createFunction1",
            "teavmJso.defineFunction",
            "teavmJso.defineStaticMethod",
            "teavmJso.getProperty",
            "teavmJso.global",
            "teavmJso.instanceOf",
            "teavmJso.instanceOfOrNull",
            "teavmJso.isPrimitive",
            "teavmJso.isUndefined",
            "teavmJso.javaObjectToJS",
            "teavmJso.stringBuiltinsSupported",
            "teavmJso.unwrapInt",
            "teavmJso.unwrapJavaObject",
            "teavmJso.wrapInt",
            "teavmJso.wrapObject",
            "teavmMath.ceil",
            "teavmMath.cos",
            "teavmMath.exp",
            "teavmMath.log",
            "teavmMath.pow",
            "teavmMath.sin",
            "teavmMath.sqrt",
            "teavmMemory.heapOffset",
            "teavmMemory.maxSize",
            "teavmMemory.notifyHeapResized",
            "wasm:js-string.charCodeAt",
            "wasm:js-string.concat",
            "wasm:js-string.fromCharCode",
            "wasm:js-string.fromCharCodeArray",
            "wasm:js-string.intoCharCodeArray",
            "wasm:js-string.length",
            "wasm:js-string.substring");

    private final byte[] module = read(Path.of(System.getProperty("glulam.engine")));

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void importsAreTheseAlone() {
        assertThat(new Imports(module).names()).containsExactlyElementsOf(IMPORTS);
    }

    @Test
    void moduleAndJavaScriptAreAMegabyteAtMostGzipped() throws IOException {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(module);
            for (String source : SOURCES) {
                out.write(read(Path.of("src/main/js", source)));
            }
        }
        assertThat(gzipped.size()).isLessThanOrEqualTo(MAX_GZIPPED);
    }

    /** Reads the import section of a module (WebAssembly core specification, "Import Section"). */
    private static final class Imports {
        private static final int SECTION = 2;
        private static final int HEADER = 8;

        private final byte[] module;
        private final TreeSet<String> names = new TreeSet<>();
        private int position = HEADER;

        Imports(byte[] module) {
            this.module = module;
            while (position < module.length) {
                int section = module[position++];
                int length = number();
                int next = position + length;
                if (section == SECTION) {
                    read();
                }
                position = next;
            }
        }

        TreeSet<String> names() {
            return names;
        }

        private void read() {
            for (int left = number(); left > 0; left--) {
                String group = text();
                names.add(group + "." + text());
                skipDescription();
            }
        }

        private void skipDescription() {
            int kind = module[position++];
            switch (kind) {
                case 0 -> number();
                case 2 -> {
                    boolean bounded = (module[position++] & 1) != 0;
                    number();
                    if (bounded) {
                        number();
                    }
                }
                case 3 -> position += 2;
                default -> throw new IllegalStateException("an import of kind " + kind);
            }
        }

        private String text() {
            int length = number();
            String text = new String(module, position, length, StandardCharsets.UTF_8);
            position += length;
            return text;
        }

        private int number() {
            int number = 0;
            for (int shift = 0; ; shift += 7) {
                int next = module[position++];
                number |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
