-- Index of each author's visible posts, newest first, for reading feeds. SHARE UPDATE EXCLUSIVE on posts while it is built (reads and writes go on), about 1 s a million posts. Undo: production/posts_author_created.rollback.sql
--
--   psql "$POSTGRES_URL" -v ON_ERROR_STOP=1 -f sql/production/posts_author_created.sql
--
-- Before `./streams migrate` wherever posts is larger than 64 MiB; a smaller one gets the index from migrate. Not in a
-- transaction. It waits for every transaction that is older than itself, twice: look for old ones first
-- (select pid, xact_start, query from pg_stat_activity order by xact_start). Progress: pg_stat_progress_create_index.
-- Safe to repeat: what a build that failed has left is dropped, an index that is whole is left alone.
\set ON_ERROR_STOP on
set lock_timeout = 0;
set statement_timeout = 0;

select 'drop index concurrently public.posts_author_created'
from pg_index where indexrelid = to_regclass('public.posts_author_created') and not indisvalid
\gexec

-- Earlier builds made it without unlisted posts: such a one stays until the new one is whole.
select 'alter index public.posts_author_created rename to posts_author_created_before'
from pg_index where indexrelid = to_regclass('public.posts_author_created')
  and pg_get_expr(indpred, indrelid) not like '%unlisted%'
\gexec

create index concurrently if not exists posts_author_created on public.posts (author_id, created_at desc, id desc)
  where not is_deleted and visibility in ('public', 'unlisted', 'followers');

drop index concurrently if exists public.posts_author_created_before;
