-- How far each writer's batches have come, so that a store that went back in time is noticed, and what was lost. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V13__sink_marks.sql
create table if not exists streams.sink_marks (
  surface  text        not null,
  writer   text        not null,
  sequence bigint      not null,
  noted_at timestamptz not null default now(),
  primary key (surface, writer)
) with (fillfactor = 50);

comment on table streams.sink_marks is 'One row a start of a writing subtask: the number of its last batch that is in this database. Rows older than 30 days are deleted by the next writer that starts';
comment on column streams.sink_marks.sequence is 'Committed after the batch: lower than what the writer was told means that this database went back in time';

create table if not exists streams.sink_losses (
  surface    text        not null,
  writer     text        not null,
  confirmed  bigint      not null,
  noticed_at timestamptz not null default clock_timestamp(),
  primary key (surface, writer)
);

comment on table streams.sink_losses is 'Writes that a store had confirmed and then lacked, a row a writer; a job that starts from a state of before writes all that it knows. Never delete rows: it would be done once more';
