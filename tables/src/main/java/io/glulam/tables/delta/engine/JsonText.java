package io.glulam.tables.delta.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.IOException;

/** Writes actions of the log as JSON. Fields of structs that are null are left out; null values of maps are written. */
final class JsonText {
    private JsonText() {}

    /** Writes a row as an object. */
    static void write(Row row, JsonGenerator json) throws IOException {
        StructType schema = row.getSchema();
        json.writeStartObject();
        for (int i = 0; i < schema.length(); i++) {
            if (!row.isNullAt(i)) {
                json.writeFieldName(schema.at(i).getName());
                writeField(row, i, schema.at(i).getDataType(), json);
            }
        }
        json.writeEndObject();
    }

    private static void writeField(Row row, int field, DataType type, JsonGenerator json) throws IOException {
        if (type instanceof StringType) {
            json.writeString(row.getString(field));
        } else if (type instanceof LongType) {
            json.writeNumber(row.getLong(field));
        } else if (type instanceof IntegerType) {
            json.writeNumber(row.getInt(field));
        } else if (type instanceof BooleanType) {
            json.writeBoolean(row.getBoolean(field));
        } else if (type instanceof StructType) {
            write(row.getStruct(field), json);
        } else if (type instanceof MapType) {
            writeMap(row.getMap(field), json);
        } else if (type instanceof ArrayType) {
            writeArray(row.getArray(field), json);
        } else {
            throw new UnsupportedOperationException("a value of type " + type + " in the log");
        }
    }

    private static void writeMap(MapValue map, JsonGenerator json) throws IOException {
        ColumnVector keys = map.getKeys();
        ColumnVector values = map.getValues();
        json.writeStartObject();
        for (int i = 0; i < map.getSize(); i++) {
            json.writeFieldName(keys.getString(i));
            writeElement(values, i, json);
        }
        json.writeEndObject();
    }

    private static void writeArray(ArrayValue array, JsonGenerator json) throws IOException {
        ColumnVector elements = array.getElements();
        json.writeStartArray();
        for (int i = 0; i < array.getSize(); i++) {
            writeElement(elements, i, json);
        }
        json.writeEndArray();
    }

    private static void writeElement(ColumnVector values, int index, JsonGenerator json) throws IOException {
        DataType type = values.getDataType();
        if (values.isNullAt(index)) {
            json.writeNull();
        } else if (type instanceof StringType) {
            json.writeString(values.getString(index));
        } else if (type instanceof LongType) {
            json.writeNumber(values.getLong(index));
        } else if (type instanceof IntegerType) {
            json.writeNumber(values.getInt(index));
        } else if (type instanceof StructType struct) {
            json.writeStartObject();
            for (int i = 0; i < struct.length(); i++) {
                ColumnVector child = values.getChild(i);
                if (!child.isNullAt(index)) {
                    json.writeFieldName(struct.at(i).getName());
                    writeElement(child, index, json);
                }
            }
            json.writeEndObject();
        } else if (type instanceof MapType) {
            writeMap(values.getMap(index), json);
        } else if (type instanceof BooleanType) {
            json.writeBoolean(values.getBoolean(index));
        } else {
            throw new UnsupportedOperationException("a value of type " + type + " in the log");
        }
    }
}
