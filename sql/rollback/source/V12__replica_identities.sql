-- Undoes V12 of source: what replica identities were is forgotten, so nothing can set them back. Locks no table of the product, takes milliseconds. Redo: migrate
begin;
drop table if exists streams.replica_identities;
delete from streams.flyway_history_source where version = '12';
commit;
