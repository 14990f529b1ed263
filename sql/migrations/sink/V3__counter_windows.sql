-- Net change of each counter a minute, and views an hour and a day. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V3__counter_windows.sql
create table if not exists streams.counter_windows (
  target_type  text        not null,
  target_id    bigint      not null,
  window_start timestamptz not null,
  likes        bigint      not null default 0,
  comments     bigint      not null default 0,
  shares       bigint      not null default 0,
  version      bigint      not null,
  primary key (target_type, target_id, window_start)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);

-- For purge_windows: rows come in about the order of time, so a few pages of BRIN find the old ones.
create index if not exists counter_windows_start on streams.counter_windows using brin (window_start) with (autosummarize = on);

-- Hours and days of UTC, whatever the session's time zone. A filter on the target comes before the grouping.
create or replace view streams.counters_hourly as
select target_type, target_id, date_trunc('hour', window_start, 'UTC') as hour,
       sum(likes)::bigint as likes, sum(comments)::bigint as comments, sum(shares)::bigint as shares
from streams.counter_windows
group by target_type, target_id, date_trunc('hour', window_start, 'UTC');

create or replace view streams.counters_daily as
select target_type, target_id, date_trunc('day', window_start, 'UTC') as day,
       sum(likes)::bigint as likes, sum(comments)::bigint as comments, sum(shares)::bigint as shares
from streams.counter_windows
group by target_type, target_id, date_trunc('day', window_start, 'UTC');

comment on table streams.counter_windows is 'Net change of the counters in the minute (UTC, event time) from window_start';
