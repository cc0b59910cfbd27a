package io.glulam.tables.delta.engine;

import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;

/** A Delta Kernel engine that reads and writes a table's log, and nothing else. */
public final class LogEngine implements Engine {
    private final LogFiles files;
    private final LogJson json;
    private final LogParquet parquet;
    private final LogExpressions expressions = new LogExpressions();

    /**
     * @param store holds the log
     * @param bufferBytes memory that pages of a checkpoint may take
     */
    public LogEngine(LogStore store, long bufferBytes) {
        this.files = new LogFiles(store);
        this.json = new LogJson(store);
        this.parquet = new LogParquet(store, bufferBytes);
    }

    @Override
    public ExpressionHandler getExpressionHandler() {
        return expressions;
    }

    @Override
    public JsonHandler getJsonHandler() {
        return json;
    }

    @Override
    public FileSystemClient getFileSystemClient() {
        return files;
    }

    @Override
    public ParquetHandler getParquetHandler() {
        return parquet;
    }
}
