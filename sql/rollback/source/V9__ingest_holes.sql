-- Undoes V9 of source: drops what ingest has told of rows that it could not hand on whole. ACCESS EXCLUSIVE on it for milliseconds. Redo: migrate
begin;
drop table if exists streams.ingest_holes;
delete from streams.flyway_history_source where version = '9';
commit;
