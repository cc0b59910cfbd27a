package org.teavm.classlib.java.io;

import java.io.IOException;

/** Stands in for {@code java.io.CharConversionException}. */
public class TCharConversionException extends IOException {
    private static final long serialVersionUID = 1L;

    public TCharConversionException(String message) {
        super(message);
    }
}
