-- Heartbeat table of the change stream. Locks nothing that exists, takes milliseconds. Undo: rollback/source/V1__pipeline_heartbeat.sql
create schema if not exists streams;

-- One row a writer, updated a few times a second: room on the page keeps every update a HOT one.
-- lsn is a bigint because Debezium drops a pg_lsn column without a word.
create table if not exists streams.pipeline_heartbeat (
  id      integer     primary key,
  beat_at timestamptz not null,
  lsn     bigint      not null
) with (fillfactor = 10);

comment on table streams.pipeline_heartbeat is 'Written by the ingest job: all that committed before a beat is ahead of it in the change stream';
comment on column streams.pipeline_heartbeat.lsn is 'pg_current_wal_lsn() read just before the beat, as the 64-bit number';
