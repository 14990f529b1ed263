-- Undoes V3 of source: drops the publication; ingest stops until it is back, and then needs a new snapshot. ACCESS EXCLUSIVE on the publication only, milliseconds. Redo: migrate
begin;
drop publication if exists streams_cdc;
delete from streams.flyway_history_source where version = '3';
commit;
