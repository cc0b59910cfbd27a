package io.glulam.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {
    @TempDir
    private Path folder;

    @Test
    void replacesOneSectionAndNothingElse() throws IOException {
        Path file = document("# Figures\n<!-- bench/run copy -->\nold\n<!-- end of copy -->\nmore\n");
        Document.replace(file, Section.COPY, "| new |\n");
        assertThat(file).hasContent("# Figures\n<!-- bench/run copy -->\n| new |\n<!-- end of copy -->\nmore\n");
    }

    @Test
    void replacesItsOwnResult() throws IOException {
        Path file = document("<!-- bench/run copy -->\n<!-- end of copy -->\n");
        Document.replace(file, Section.COPY, "once");
        Document.replace(file, Section.COPY, "twice");
        assertThat(file).hasContent(Document.marked(Section.COPY, "twice"));
    }

    @Test
    void refusesAFileWithoutAPlaceForTheSection() throws IOException {
        Path file = document("# Figures\n");
        assertThatThrownBy(() -> Document.replace(file, Section.READING, "new"))
                .hasMessageContaining("no place for reading");
        assertThat(file).hasContent("# Figures\n");
    }

    @Test
    void theDocumentationHasAPlaceForEverySection() throws IOException {
        Path copy = folder.resolve("copy.md");
        Files.copy(Path.of("../docs/benchmarks.md"), copy);
        for (Section section : Section.values()) {
            Document.replace(copy, section, "figures");
        }
        assertThat(Files.readString(copy)).contains(Document.marked(Section.PREDICTION, "figures"));
    }

    private Path document(String text) throws IOException {
        return Files.writeString(folder.resolve("document.md"), text);
    }
}
