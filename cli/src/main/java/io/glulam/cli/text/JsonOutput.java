package io.glulam.cli.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON on standard output, in UTF-8 whatever the locale. JSON itself escapes control characters below U+0020 only. On a terminal,
 * which the others could drive, they are escapes, too; the values stay the same.
 */
public final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonOutput() {}

    /** Returns a generator whose end does not close standard output. */
    public static JsonGenerator of(Output output) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(output.resultBytes());
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (output.terminal().results()) {
            json.setCharacterEscapes(new OfTerminals());
        }
        return json;
    }

    /** Returns a document as it may be printed. */
    public static String printable(Output output, String document) {
        return output.terminal().results() ? Texts.printable(document) : document;
    }

    private static final class OfTerminals extends CharacterEscapes {
        private static final long serialVersionUID = 1;
        private static final int DELETE = 0x7F;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
            codes[DELETE] = CharacterEscapes.ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return Texts.isUnsafe((char) character)
                    ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
                    : null;
        }
    }
}
