CREATE TABLE glulam.callbacks (
  id VARCHAR(36) PRIMARY KEY,
  instance_id VARCHAR(100) NOT NULL REFERENCES glulam.instances (id) ON DELETE CASCADE,
  url VARCHAR(2000) NOT NULL,
  state VARCHAR(20) NOT NULL,
  attempts INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  http_status INTEGER,
  problem VARCHAR(500),
  ended_at BIGINT,
  UNIQUE (instance_id, url)
);
CREATE INDEX callbacks_pending ON glulam.callbacks (state, next_at);
ALTER TABLE glulam.callbacks ENABLE ROW LEVEL SECURITY;
