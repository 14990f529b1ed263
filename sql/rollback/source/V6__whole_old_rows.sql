-- Undoes V6 of source: replica identity DEFAULT on posts and reels; the search job's documents can then lose large texts. ACCESS EXCLUSIVE on each for milliseconds. Redo: migrate
begin;
set local lock_timeout = '5s';
alter table public.posts replica identity default;
alter table public.reels replica identity default;
delete from streams.flyway_history_source where version = '6';
commit;
