package io.glulam.footer;

import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;

/**
 * Copies a Thrift struct field by field: a header and a value are copied as they are unless the value, or what comes
 * before it, changed. So what is not changed comes out byte for byte, however unusual its form.
 */
final class StructEditor {
    private final ThriftReader in;
    private final ThriftWriter out;
    private int previousId;
    private int headerFrom;
    private int valueFrom;

    StructEditor(ThriftReader in, ThriftWriter out) {
        this.in = in;
        this.out = out;
    }

    /** Moves to the struct's next field; false at its end. */
    boolean next() {
        previousId = in.fieldId();
        headerFrom = in.position();
        boolean found = in.nextField();
        valueFrom = in.position();
        return found;
    }

    int fieldId() {
        return in.fieldId();
    }

    /** Writes the current field's header; its value follows. */
    void header() {
        if (out.lastField() == previousId) {
            out.copyHeader(in, headerFrom, valueFrom, in.fieldId());
        } else {
            out.field(in.fieldId(), in.fieldType());
        }
    }

    /** Copies the current field as it is. */
    void keep() {
        header();
        in.skip();
        in.writeRange(valueFrom, in.position(), out);
    }

    /** Passes over the current field. */
    void drop() {
        in.skip();
    }

    /** Copies the header of the list that is the field's value; its elements follow. */
    int listHeader() {
        header();
        int count = in.readListHeader();
        in.writeRange(valueFrom, in.position(), out);
        return count;
    }

    /** Reads the value of an I64 field, which is dropped unless {@link #write(long, long)} follows at once. */
    long readI64() {
        return in.readI64Field();
    }

    /** Reads the value of an I32 field, which is dropped unless {@link #write(int, int)} follows at once. */
    int readI32() {
        return in.readI32Field();
    }

    /** Writes the current field with {@code value}; byte for byte as it was if that is {@code old}, the value that was read. */
    void write(long old, long value) {
        header();
        if (value == old) {
            in.writeRange(valueFrom, in.position(), out);
        } else {
            out.writeI64(value);
        }
    }

    /** As {@link #write(long, long)}, of an I32 field. */
    void write(int old, int value) {
        header();
        if (value == old) {
            in.writeRange(valueFrom, in.position(), out);
        } else {
            out.writeI32(value);
        }
    }
}
