package io.glulam.spark.procedure;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, by their positions. */
public record Arguments(InternalRow row) {
    static DataType texts() {
        return DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    }

    @Nullable
    String text(int position) {
        return row.isNullAt(position) ? null : row.getUTF8String(position).toString();
    }

    String requiredText(int position, String name) {
        String text = text(position);
        if (text == null) {
            throw new IllegalArgumentException("the argument " + name + " must not be null");
        }
        return text;
    }

    boolean flag(int position) {
        return !row.isNullAt(position) && row.getBoolean(position);
    }

    Map<String, String> map(int position) {
        Map<String, String> map = new HashMap<>();
        if (!row.isNullAt(position)) {
            MapData data = row.getMap(position);
            for (int i = 0; i < data.numElements(); i++) {
                map.put(
                        data.keyArray().getUTF8String(i).toString(),
                        data.valueArray().getUTF8String(i).toString());
            }
        }
        return map;
    }
}
