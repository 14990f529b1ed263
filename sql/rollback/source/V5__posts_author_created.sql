-- Undoes V5 of source: drops the index; reading feeds from the tables becomes slow. ACCESS EXCLUSIVE on posts for milliseconds (waits at most 5 s); without it: production/posts_author_created.rollback.sql first. Redo: migrate
begin;
set local lock_timeout = '5s';
drop index if exists public.posts_author_created;
delete from streams.flyway_history_source where version = '5';
commit;
