CREATE TABLE instances (
  id VARCHAR(100) PRIMARY KEY,
  dataset_id VARCHAR(100) NOT NULL,
  object_key VARCHAR(1024),
  request TEXT NOT NULL,
  status VARCHAR(20) NOT NULL,
  command VARCHAR(20),
  epoch BIGINT NOT NULL DEFAULT 0,
  progress TEXT,
  output TEXT,
  error TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX instances_queued ON instances (object_key) WHERE status = 'queued';
CREATE INDEX instances_created ON instances (created_at, id);
CREATE INDEX instances_dataset ON instances (dataset_id, created_at);
CREATE TABLE steps (
  instance_id VARCHAR(100) NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name VARCHAR(50) NOT NULL,
  attempts TEXT NOT NULL,
  output TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (instance_id, position)
);
CREATE TABLE object_holders (
  object_key VARCHAR(1024) PRIMARY KEY,
  instance_id VARCHAR(100) NOT NULL,
  epoch BIGINT NOT NULL
);
CREATE TABLE intents (
  instance_id VARCHAR(100) NOT NULL,
  epoch BIGINT NOT NULL,
  object_key VARCHAR(1024) NOT NULL,
  source_version VARCHAR(300) NOT NULL,
  mark VARCHAR(100) NOT NULL,
  expected_version VARCHAR(300) NOT NULL,
  backup_key VARCHAR(1200),
  output TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (instance_id, epoch)
);
CREATE TABLE leftovers (
  object_key VARCHAR(1200) PRIMARY KEY,
  version VARCHAR(300) NOT NULL,
  instance_id VARCHAR(100) NOT NULL,
  delete_after BIGINT NOT NULL
);
CREATE TABLE refusals (
  object_key VARCHAR(1024) PRIMARY KEY,
  version VARCHAR(300) NOT NULL,
  instance_id VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE scheduled_tasks (
  task_name TEXT NOT NULL,
  task_instance TEXT NOT NULL,
  task_data BLOB,
  execution_time TIMESTAMP NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by TEXT,
  last_success TIMESTAMP,
  last_failure TIMESTAMP,
  consecutive_failures INTEGER,
  last_heartbeat TIMESTAMP,
  version BIGINT NOT NULL,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
