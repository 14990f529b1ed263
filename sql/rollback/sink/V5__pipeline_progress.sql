-- Undoes V5 of sink: drops progress and wait_for; the jobs write progress again by themselves. ACCESS EXCLUSIVE on it for milliseconds. Redo: migrate
begin;
drop function if exists streams.wait_for(text, pg_lsn, interval);
drop table if exists streams.pipeline_progress;
delete from streams.flyway_history_sink where version = '5';
commit;
