package io.glulam.wasm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the engine in Node: {@code run.mjs}, which takes jobs and tells what became of each. */
final class Node {
    private static final JsonFactory JSON = new JsonFactory();

    private Node() {}

    /**
     * Runs jobs, and returns a line of JSON for each; a last line that begins with "exit" if Node failed.
     *
     * @param jobs a file of lines of JSON
     * @param heapMegabytes that JavaScript and the engine may take
     */
    static List<String> lines(Path jobs, int heapMegabytes) throws IOException, InterruptedException {
        Path answers = jobs.resolveSibling(jobs.getFileName() + "-answers");
        Process node = new ProcessBuilder(
                        System.getProperty("glulam.node", "node"),
                        "--max-heap-size=" + heapMegabytes,
                        "src/test/js/run.mjs",
                        System.getProperty("glulam.engine"),
                        jobs.toString())
                .redirectOutput(answers.toFile())
                .redirectError(new File(answers + ".err"))
                .start();
        if (!node.waitFor(15, TimeUnit.MINUTES)) {
            node.destroyForcibly();
            throw new IOException("Node takes longer than 15 minutes");
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(answers));
        if (node.exitValue() != 0 || lines.isEmpty()) {
            lines.add("exit " + node.exitValue() + " " + Files.readString(Path.of(answers + ".err")));
        }
        return lines;
    }

    /** Returns the fields of an answer, numbers as text. */
    static Map<String, String> answer(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        return fields;
    }
}
