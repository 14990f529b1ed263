-- Undoes the index of posts that migrate makes on ShareUptime's own tables; reading feeds from the tables becomes slow. ACCESS EXCLUSIVE on posts for milliseconds (waits at most 5 s); without it: production/posts_author_created.rollback.sql. Redo: migrate
begin;
set local lock_timeout = '5s';
drop index if exists public.posts_author_created;
-- of builds that had a file for it
delete from streams.flyway_history_source where version = '5';
commit;
