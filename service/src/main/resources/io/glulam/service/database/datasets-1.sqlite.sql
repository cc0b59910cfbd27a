CREATE TABLE datasets (
  id VARCHAR(100) PRIMARY KEY,
  bucket_key VARCHAR(1024) NOT NULL,
  compaction_needed BOOLEAN NOT NULL,
  last_compacted_at TEXT,
  file_size_bytes BIGINT,
  updated_at TEXT NOT NULL
);
