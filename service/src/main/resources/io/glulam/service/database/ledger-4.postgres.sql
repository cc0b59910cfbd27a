CREATE TABLE glulam.table_files (
  instance_id VARCHAR(100) NOT NULL REFERENCES glulam.instances (id) ON DELETE CASCADE,
  work VARCHAR(130) NOT NULL,
  position INTEGER NOT NULL,
  place TEXT NOT NULL,
  state VARCHAR(20) NOT NULL,
  file TEXT,
  PRIMARY KEY (instance_id, work, position)
);
ALTER TABLE glulam.table_files ENABLE ROW LEVEL SECURITY;
