-- Which write of a counter the product's own count columns have (counters.mirror.interval). Locks nothing that exists, takes milliseconds. Undo: rollback/source/V8__mirrored_counters.sql
create table if not exists streams.mirrored_counters (
  target_type text   not null,
  target_id   bigint not null,
  version     bigint not null,
  primary key (target_type, target_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

comment on table streams.mirrored_counters is 'Written by the counters job with the columns, so that an older write changes nothing; empty without the mirror';
