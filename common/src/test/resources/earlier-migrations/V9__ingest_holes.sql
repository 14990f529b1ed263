-- Rows that ingest could not hand on whole. Locks nothing that exists, takes milliseconds. Undo: rollback/source/V9__ingest_holes.sql
create table if not exists streams.ingest_holes (
  table_name text        not null,
  row_key    text        not null,
  generation bigint      not null,
  commit_lsn pg_lsn      not null,
  row_lsn    pg_lsn      not null,
  columns    text[],
  reason     text        not null,
  told_at    timestamptz not null default clock_timestamp(),
  filled_at  timestamptz,
  primary key (table_name, row_key)
);

comment on table streams.ingest_holes is 'Written by the ingest job, one row for each row of the product whose newest change is not whole in its topic; goes when a later change is';
comment on column streams.ingest_holes.table_name is 'In the schema public';
comment on column streams.ingest_holes.row_key is 'The primary key as JSON, as the topic has it';
comment on column streams.ingest_holes.generation is 'With commit_lsn and row_lsn the version of the change, as the topic''s header has it; 0/0 for a row of a snapshot';
comment on column streams.ingest_holes.columns is 'Those that the record in the topic lacks; null: there is no record of this change';
comment on column streams.ingest_holes.filled_at is 'When whoever fills holes has put the surfaces right; ingest leaves it null';
