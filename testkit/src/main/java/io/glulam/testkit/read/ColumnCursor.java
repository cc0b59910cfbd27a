package io.glulam.testkit.read;

/** Steps through one column of a file, value by value, over page and row group borders. */
final class ColumnCursor {
    private final ParquetFile file;
    private final int leaf;
    private final int maxDefinitionLevel;
    private final int[] rowGroupOrder;
    private int nextRowGroup;
    private ColumnReader reader;
    private DecodedPage page;
    private int level = -1;
    private int value = -1;

    ColumnCursor(ParquetFile file, int leaf, int[] rowGroupOrder) {
        this.file = file;
        this.leaf = leaf;
        this.maxDefinitionLevel = file.leaves().get(leaf).maxDefinitionLevel();
        this.rowGroupOrder = rowGroupOrder;
    }

    boolean advance() {
        level++;
        while (page == null || level >= page.repetitionLevels().length) {
            if (!nextPage()) {
                return false;
            }
            level = 0;
            value = -1;
        }
        if (hasValue()) {
            value++;
        }
        return true;
    }

    private boolean nextPage() {
        while (reader == null || !reader.hasNext()) {
            if (nextRowGroup == rowGroupOrder.length) {
                return false;
            }
            reader = file.column(rowGroupOrder[nextRowGroup++], leaf);
        }
        page = reader.next();
        return true;
    }

    int repetitionLevel() {
        return page.repetitionLevels()[level];
    }

    int definitionLevel() {
        return page.definitionLevels()[level];
    }

    boolean hasValue() {
        return definitionLevel() == maxDefinitionLevel;
    }

    boolean sameValueAs(ColumnCursor other) {
        return page.values().equal(value, other.page.values(), other.value);
    }

    byte[] value() {
        return page.values().get(value);
    }
}
