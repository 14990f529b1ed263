-- Undoes V1 of source: drops the heartbeat table (undo V3 first: it is published). ACCESS EXCLUSIVE on it for milliseconds. Redo: migrate
begin;
drop table if exists streams.pipeline_heartbeat;
delete from streams.flyway_history_source where version = '1';
commit;
