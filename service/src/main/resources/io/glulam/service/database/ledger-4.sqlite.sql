CREATE TABLE table_files (
  instance_id VARCHAR(100) NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
  work VARCHAR(130) NOT NULL,
  position INTEGER NOT NULL,
  place TEXT NOT NULL,
  state VARCHAR(20) NOT NULL,
  file TEXT,
  PRIMARY KEY (instance_id, work, position)
);
