CREATE TABLE glulam.uploads (
  id VARCHAR(36) PRIMARY KEY,
  object_key VARCHAR(1200) NOT NULL,
  upload_id VARCHAR(2000) NOT NULL,
  instance_id VARCHAR(100) NOT NULL,
  epoch BIGINT NOT NULL,
  begun_at BIGINT NOT NULL
);
CREATE INDEX uploads_instance ON glulam.uploads (instance_id);
ALTER TABLE glulam.uploads ENABLE ROW LEVEL SECURITY;
