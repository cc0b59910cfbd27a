package io.glulam.tables.delta.files;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.tables.LeftReason;
import io.glulam.tables.planning.LeftTally;
import java.util.ArrayList;
import java.util.List;

/** Divides files by their physical form, so that the files of one class fit into one file. */
public final class FormClasses {
    private final TableForm table;
    private final FooterLooks looks;

    public FormClasses(TableForm table, FooterLooks looks) {
        this.table = table;
        this.looks = looks;
    }

    private static final class FormClass {
        private final List<FileForm> forms = new ArrayList<>();
        private final List<DataFile> files = new ArrayList<>();
    }

    /**
     * Divides files.
     *
     * @param left hears of files that cannot be read, or do not fit the table's schema
     * @return classes with at least one file each; the files in the order that they have
     */
    public List<List<DataFile>> divide(List<DataFile> files, LeftTally left) {
        looks.lookAt(files.stream().filter(file -> !looks.knows(file)).toList());
        List<FormClass> classes = new ArrayList<>();
        for (DataFile file : files) {
            FileForm form;
            try {
                form = looks.form(file);
            } catch (Unsupported | CorruptFile failure) {
                left.add(LeftReason.REFUSED, file.size(), file.path() + ": " + failure.problem());
                continue;
            }
            FormClass found = classes.stream()
                    .filter(candidate -> fits(candidate.forms, form))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                String problem = problem(List.of(form));
                if (!problem.isEmpty()) {
                    left.add(LeftReason.REFUSED, file.size(), file.path() + ": " + problem);
                    continue;
                }
                found = new FormClass();
                classes.add(found);
            }
            if (!found.forms.contains(form)) {
                found.forms.add(form);
            }
            found.files.add(file);
        }
        return classes.stream().map(candidate -> candidate.files).toList();
    }

    private boolean fits(List<FileForm> forms, FileForm form) {
        if (forms.contains(form)) {
            return true;
        }
        List<FileForm> more = new ArrayList<>(forms);
        more.add(form);
        return problem(more).isEmpty();
    }

    private String problem(List<FileForm> forms) {
        try {
            TargetSchema.of(table.fields(), forms, table.byId());
            return "";
        } catch (FormsDiffer e) {
            return String.valueOf(e.getMessage());
        }
    }
}
