-- Undoes V8 of source: drops what the mirror knows of its writes; the columns stay. ACCESS EXCLUSIVE on it for milliseconds. Redo: migrate
begin;
drop table if exists streams.mirrored_counters;
delete from streams.flyway_history_source where version = '8';
commit;
