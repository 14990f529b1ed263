-- Undoes V2 of sink: drops the counters; a fresh start of the counters job fills them again. ACCESS EXCLUSIVE on the table for milliseconds. Redo: migrate
begin;
drop table if exists streams.counters;
delete from streams.flyway_history_sink where version = '2';
commit;
