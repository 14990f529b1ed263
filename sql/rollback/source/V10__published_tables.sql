-- Undoes V10 of source: drops the question about the published tables; ingest and doctor of this build then refuse. Locks nothing else. Redo: migrate
begin;
drop function if exists streams.published_tables(name);
delete from streams.flyway_history_source where version = '10';
commit;
