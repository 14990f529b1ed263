-- Undoes V3 of sink: drops the minute windows and their views, the history is lost. ACCESS EXCLUSIVE on the table for milliseconds. Redo: migrate
begin;
drop view if exists streams.counters_daily;
drop view if exists streams.counters_hourly;
drop table if exists streams.counter_windows;
delete from streams.flyway_history_sink where version = '3';
commit;
