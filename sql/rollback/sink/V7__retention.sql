-- Undoes V7 of sink: drops the purge functions. Locks no table, takes milliseconds. Redo: migrate
begin;
drop function if exists streams.purge_tombstones(interval, integer);
drop function if exists streams.purge_windows(interval, integer);
drop function if exists streams.purge_drift(interval, integer);
delete from streams.flyway_history_sink where version = '7';
commit;
