package io.glulam.wasm;

import io.glulam.footer.Footer;
import io.glulam.plan.Layout;
import io.glulam.plan.Settings;
import io.glulam.policy.FragmentPolicy;
import io.glulam.policy.LayoutPolicy;
import io.glulam.policy.RowGroupSizes;

/** What a footer tells of a file's layout, as JSON: the fields are those of core's {@code FileShape} and {@code Inspection}. */
final class Shape {
    /** The footer's length and magic. */
    private static final int TRAILER_BYTES = 8;

    private Shape() {}

    /**
     * Returns the shape as a JSON object.
     *
     * @param bytes of the file
     * @param settings that decide which row groups are fragments
     */
    static String of(Footer footer, long bytes, Settings settings) {
        Sizes sizes = new Sizes(footer);
        StringBuilder json = new StringBuilder("{\"bytes\":").append(bytes);
        json.append(",\"footerBytes\":").append(footer.bytes().length() + TRAILER_BYTES);
        json.append(",\"rows\":").append(footer.rowCount());
        json.append(",\"columns\":").append(footer.schema().leaves().size());
        json.append(",\"threshold\":").append(FragmentPolicy.threshold(settings, bytes));
        json.append(",\"pageIndexes\":").append(hasPageIndexes(footer));
        Layout layout = LayoutPolicy.layout(sizes, settings, bytes);
        json.append(",\"compactable\":").append(!layout.isEmpty());
        json.append(",\"rowGroupsAfter\":")
                .append(layout.isEmpty() ? sizes.count() : layout.groups().size());
        json.append(",\"rowGroupSizes\":[");
        for (int i = 0; i < sizes.count(); i++) {
            json.append(i == 0 ? "" : ",").append(sizes.compressedSize(i));
        }
        return json.append("]}").toString();
    }

    private static boolean hasPageIndexes(Footer footer) {
        return footer.rowGroupCount() > 0
                && !footer.schema().leaves().isEmpty()
                && footer.chunk(0, 0).offsetIndexOffset() > 0;
    }

    private record Sizes(Footer footer) implements RowGroupSizes {
        @Override
        public int count() {
            return footer.rowGroupCount();
        }

        @Override
        public long rows(int rowGroup) {
            return footer.rows(rowGroup);
        }

        @Override
        public long compressedSize(int rowGroup) {
            return footer.compressedSize(rowGroup);
        }
    }
}
