-- Which index of documents is written by which run, and how far each is. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V9__search_indexes.sql
create table if not exists streams.search_indexes (
  name        text        primary key,
  alias       text        not null check (alias in ('posts', 'reels')),
  writer      text        not null,
  state       text        not null check (state in ('building', 'complete')),
  promised    boolean     not null,
  keep        boolean     not null default false,
  description text,
  visible_lsn pg_lsn,
  visible_at  timestamptz,
  made_at     timestamptz not null default now(),
  unique (alias, writer) deferrable
) with (fillfactor = 10);

comment on table streams.search_indexes is 'The indexes of documents that are written: one an alias, two while a reindex can be rolled back';
comment on column streams.search_indexes.writer is 'The run that writes it: search, or reindex-posts and reindex-reels while their new index is young';
comment on column streams.search_indexes.promised is 'The alias may point here: progress of search.ALIAS waits for this index too';
comment on column streams.search_indexes.keep is 'Not removed when its reindex ends';
comment on column streams.search_indexes.description is 'Settings and mappings that it is made with, while a reindex fills it';
