package io.glulam.tables.delta.engine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.rows.MapEntries;
import io.glulam.storage.RangeReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the objects of a JSON file as rows: the fields of a schema, null where an object lacks one; others are passed over. */
final class JsonRows implements BatchIterator.RowReader {
    private final JsonParser json;
    private final RangeReader object;
    private final StructType schema;

    /** @param object closed with this */
    JsonRows(JsonParser json, RangeReader object, StructType schema) {
        this.json = json;
        this.object = object;
        this.schema = schema;
    }

    @Override
    public @Nullable Object @Nullable [] next() throws IOException {
        try {
            JsonToken token = json.nextToken();
            if (token == null) {
                return null;
            }
            if (token != JsonToken.START_OBJECT) {
                throw corrupt("a line that is no JSON object", null);
            }
            return struct(schema);
        } catch (JsonProcessingException e) {
            throw corrupt("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private CorruptFile corrupt(String problem, @Nullable Exception cause) {
        long at = json.currentLocation().getByteOffset();
        return new CorruptFile(new Place(object.name(), -1, null, at), problem, null, cause);
    }

    /** Reads the fields of an object whose first token was taken. */
    private @Nullable Object[] struct(StructType type) throws IOException {
        @Nullable Object[] values = new Object[type.length()];
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            int field = type.indexOf(json.currentName());
            JsonToken first = json.nextToken();
            if (field < 0) {
                json.skipChildren();
            } else if (first != JsonToken.VALUE_NULL) {
                values[field] = value(type.at(field).getDataType(), first);
            }
        }
        return values;
    }

    private Object value(DataType type, JsonToken first) throws IOException {
        if (type instanceof StringType && first == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (type instanceof LongType && first == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (type instanceof IntegerType && first == JsonToken.VALUE_NUMBER_INT) {
            return json.getIntValue();
        }
        if (type instanceof BooleanType && first.isBoolean()) {
            return json.getBooleanValue();
        }
        if (type instanceof StructType struct && first == JsonToken.START_OBJECT) {
            return struct(struct);
        }
        if (type instanceof MapType map && first == JsonToken.START_OBJECT) {
            return map(map);
        }
        if (type instanceof ArrayType array && first == JsonToken.START_ARRAY) {
            return array(array.getElementType());
        }
        throw corrupt("a field of the log that should be " + type + " is " + first, null);
    }

    private MapEntries map(MapType type) throws IOException {
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            keys.add(json.currentName());
            JsonToken first = json.nextToken();
            if (first == JsonToken.VALUE_NULL) {
                values.add(null);
            } else if (type.getValueType() instanceof StringType && first.isScalarValue()) {
                values.add(json.getText()); // Delta Spark writes some values of such maps as numbers and booleans.
            } else {
                values.add(value(type.getValueType(), first));
            }
        }
        return new MapEntries(keys, values);
    }

    private List<@Nullable Object> array(DataType element) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken first = json.nextToken(); first != JsonToken.END_ARRAY; first = json.nextToken()) {
            values.add(first == JsonToken.VALUE_NULL ? null : value(element, first));
        }
        return values;
    }

    @Override
    public void close() {
        object.close();
    }
}
