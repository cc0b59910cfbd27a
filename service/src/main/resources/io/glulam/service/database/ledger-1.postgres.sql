CREATE TABLE glulam.instances (
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
CREATE UNIQUE INDEX instances_queued ON glulam.instances (object_key) WHERE status = 'queued';
CREATE INDEX instances_created ON glulam.instances (created_at, id);
CREATE INDEX instances_dataset ON glulam.instances (dataset_id, created_at);
CREATE TABLE glulam.steps (
  instance_id VARCHAR(100) NOT NULL REFERENCES glulam.instances (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name VARCHAR(50) NOT NULL,
  attempts TEXT NOT NULL,
  output TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (instance_id, position)
);
CREATE TABLE glulam.object_holders (
  object_key VARCHAR(1024) PRIMARY KEY,
  instance_id VARCHAR(100) NOT NULL,
  epoch BIGINT NOT NULL
);
CREATE TABLE glulam.intents (
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
CREATE TABLE glulam.leftovers (
  object_key VARCHAR(1200) PRIMARY KEY,
  version VARCHAR(300) NOT NULL,
  instance_id VARCHAR(100) NOT NULL,
  delete_after BIGINT NOT NULL
);
CREATE TABLE glulam.refusals (
  object_key VARCHAR(1024) PRIMARY KEY,
  version VARCHAR(300) NOT NULL,
  instance_id VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE glulam.scheduled_tasks (
  task_name TEXT NOT NULL,
  task_instance TEXT NOT NULL,
  task_data BYTEA,
  execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by TEXT,
  last_success TIMESTAMP WITH TIME ZONE,
  last_failure TIMESTAMP WITH TIME ZONE,
  consecutive_failures INTEGER,
  last_heartbeat TIMESTAMP WITH TIME ZONE,
  version BIGINT NOT NULL,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_due ON glulam.scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON glulam.scheduled_tasks (last_heartbeat);
ALTER TABLE glulam.instances ENABLE ROW LEVEL SECURITY;
ALTER TABLE glulam.steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE glulam.object_holders ENABLE ROW LEVEL SECURITY;
ALTER TABLE glulam.intents ENABLE ROW LEVEL SECURITY;
ALTER TABLE glulam.leftovers ENABLE ROW LEVEL SECURITY;
ALTER TABLE glulam.refusals ENABLE ROW LEVEL SECURITY;
ALTER TABLE glulam.scheduled_tasks ENABLE ROW LEVEL SECURITY;
