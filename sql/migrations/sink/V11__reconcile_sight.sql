-- What reconcile must know before it may call a surface verified. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V11__reconcile_sight.sql
create table if not exists streams.reconcile_scopes (
  scope      text        primary key,
  listed_lsn pg_lsn      not null,
  listed_at  timestamptz not null
);

comment on table streams.reconcile_scopes is 'When the ranges of ids of each scope were listed last: rows beyond them may have been born since, and were compared by nobody';
comment on column streams.reconcile_scopes.listed_lsn is 'The source''s position before that: what was committed up to it is in one of the ranges';

create table if not exists streams.reconcile_canaries (
  target_type text        not null,
  target_id   bigint      not null,
  planted_at  timestamptz not null default now(),
  primary key (target_type, target_id)
);

comment on table streams.reconcile_canaries is 'Counters that --canary spoils, noted before it does; a row goes when their owner has written them again. Nothing is verified while any is here';

-- Runs since 0 count, or those since the first that found its canary again, or none while since is null.
create or replace view streams.reconcile_sight as
select blind.run as blind_run,
       case when blind.run is null then 0
            else (select min(run) from streams.reconcile_runs
                  where canary_found >= canary_planted and run > blind.run) end as since
from (select max(run) as run from streams.reconcile_runs where canary_found < canary_planted) blind;

comment on view streams.reconcile_sight is 'From which run on comparisons count: one that missed rows of its canary was blind, and so may be all until a canary is found whole';
