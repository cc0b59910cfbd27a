package io.glulam.testkit.spark;

import java.io.File;
import java.util.Map;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/** Keeps the objects of {@code s3://BUCKET/KEY} in a folder, so that Spark writes a table of a store without one. */
public final class FolderFileIO implements FileIO {
    /** The property that names the folder. */
    static final String FOLDER = "folder";

    private static final String BUCKET = "s3://[^/]+/";

    private String folder = "";

    @Override
    public void initialize(Map<String, String> properties) {
        folder = properties.get(FOLDER);
    }

    @Override
    public InputFile newInputFile(String path) {
        return new Input(path, Files.localInput(file(path)));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        File file = file(path);
        file.getParentFile().mkdirs();
        return new Output(path, Files.localOutput(file));
    }

    @Override
    public void deleteFile(String path) {
        file(path).delete();
    }

    private File file(String path) {
        return new File(folder, path.replaceFirst(BUCKET, ""));
    }

    /** A local file under its name in the store. */
    private record Input(String location, InputFile file) implements InputFile {
        @Override
        public long getLength() {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            return file.newStream();
        }

        @Override
        public boolean exists() {
            return file.exists();
        }
    }

    /** A local file under its name in the store. */
    private record Output(String location, OutputFile file) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return file.create();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return file.createOrOverwrite();
        }

        @Override
        public InputFile toInputFile() {
            return new Input(location, file.toInputFile());
        }
    }
}
