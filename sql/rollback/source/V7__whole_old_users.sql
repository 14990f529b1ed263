-- Undoes V7 of source: replica identity DEFAULT on users; documents that are built anew can then lack large names and pictures. ACCESS EXCLUSIVE for milliseconds. Redo: migrate
begin;
set local lock_timeout = '5s';
alter table public.users replica identity default;
delete from streams.flyway_history_source where version = '7';
commit;
