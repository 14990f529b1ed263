-- Counters of posts and reels. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V2__counters.sql
create table if not exists streams.counters (
  target_type    text        not null,
  target_id      bigint      not null,
  likes_count    bigint      not null default 0,
  comments_count bigint      not null default 0,
  shares_count   bigint      not null default 0,
  version        bigint      not null,
  updated_at     timestamptz not null default now(),
  deleted_at     timestamptz,
  primary key (target_type, target_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- For purge_tombstones. It holds tombstones only; an update that leaves deleted_at alone stays a HOT one.
create index if not exists counters_tombstones on streams.counters (deleted_at) where deleted_at is not null;

comment on table streams.counters is 'Written by the counters job alone; a row with deleted_at belongs to a target that was hard-deleted';
comment on column streams.counters.version is 'run << 41 | seq of the write; only moves forward';
