package io.glulam.testkit.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects findings about one place of a file. */
public final class Findings {
    private final List<Finding> all;
    private final int rowGroup;
    private final int column;

    public Findings() {
        this(new ArrayList<>(), -1, -1);
    }

    private Findings(List<Finding> all, int rowGroup, int column) {
        this.all = all;
        this.rowGroup = rowGroup;
        this.column = column;
    }

    /** A view for a narrower place, which collects into the same list. */
    public Findings at(int rowGroup, int column) {
        return new Findings(all, rowGroup, column);
    }

    public void add(Severity severity, String message) {
        all.add(new Finding(severity, rowGroup, column, message));
    }

    public void error(String message) {
        add(Severity.ERROR, message);
    }

    public void warning(String message) {
        add(Severity.WARNING, message);
    }

    public void errorUnless(boolean good, String message) {
        if (!good) {
            error(message);
        }
    }

    public void warningUnless(boolean good, String message) {
        if (!good) {
            warning(message);
        }
    }

    public void errorUnlessEqual(String what, Object claimed, Object actual) {
        if (!Objects.equals(claimed, actual)) {
            error(what + " is " + claimed + ", should be " + actual);
        }
    }

    public void warningUnlessEqual(String what, Object claimed, Object actual) {
        if (!Objects.equals(claimed, actual)) {
            warning(what + " is " + claimed + ", should be " + actual);
        }
    }

    public List<Finding> all() {
        return List.copyOf(all);
    }
}
