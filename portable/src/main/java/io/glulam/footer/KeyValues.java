package io.glulam.footer;

import io.glulam.format.ThriftReader;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The specification's list of {@code KeyValue}. */
final class KeyValues {
    private KeyValues() {}

    /** Passes over a field that holds the list, checking its shape. */
    static void check(ThriftReader in) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        for (int i = 0; i < count; i++) {
            boolean key = false;
            int outer = in.enterStruct();
            while (in.nextField()) {
                if (in.fieldId() == 1 || in.fieldId() == 2) {
                    in.expect(ThriftReader.BINARY);
                    key |= in.fieldId() == 1;
                }
                in.skip();
            }
            in.leaveStruct(outer);
            if (!key) {
                throw in.corrupt("FileMetaData.key_value_metadata[" + i + "].key is missing");
            }
        }
    }

    /** Reads the list whose header is next; in file order, keys may repeat, values may be absent. */
    static List<Map.Entry<String, @Nullable String>> read(ThriftReader in) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<Map.Entry<String, @Nullable String>> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "";
            String value = null;
            int outer = in.enterStruct();
            while (in.nextField()) {
                switch (in.fieldId()) {
                    case 1 -> key = in.readString();
                    case 2 -> value = in.readString();
                    default -> in.skip();
                }
            }
            in.leaveStruct(outer);
            entries.add(new SimpleImmutableEntry<>(key, value));
        }
        return Collections.unmodifiableList(entries);
    }

    /** Reads the list whose header is next, each entry as its bytes. */
    static List<RawKeyValue> readRaw(ThriftReader in, FooterBytes bytes) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<RawKeyValue> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = in.position();
            String key = "";
            int outer = in.enterStruct();
            while (in.nextField()) {
                if (in.fieldId() == 1) {
                    key = in.readString();
                } else {
                    in.skip();
                }
            }
            in.leaveStruct(outer);
            entries.add(new RawKeyValue(key, bytes.range(new ByteSpan(from, in.position()))));
        }
        return List.copyOf(entries);
    }
}
