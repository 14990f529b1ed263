-- Rebuilds the indexes of the weeks of user_feeds that are over. SHARE UPDATE EXCLUSIVE on one week at a time (reads and writes go on), about 1 s a million rows. Undo: not needed
--
--   psql "$POSTGRES_URL" -v ON_ERROR_STOP=1 -f sql/production/user_feeds_reindex_weeks.sql
--
-- Optional, once a week at most: rows come in an order of their own, so the pages of a week's index are two thirds
-- full when the week ends, and hardly anything is added later. Wants free space for the largest week's index. Not in a
-- transaction. An interrupted run leaves an invalid index that ends in _ccnew: drop it, run again.
\set ON_ERROR_STOP on
set timezone = 'UTC';
set lock_timeout = 0;
set statement_timeout = 0;

-- the two weeks before this one: older ones have had their turn
select format('reindex table concurrently %s', inhrelid::regclass)
from pg_inherits join pg_class on pg_class.oid = inhrelid
where inhparent = 'streams.user_feeds'::regclass
  and to_date(substring(relname from '^user_feeds_(\d{8})$'), 'YYYYMMDD') < date_trunc('week', now())
  and to_date(substring(relname from '^user_feeds_(\d{8})$'), 'YYYYMMDD') >= date_trunc('week', now()) - interval '14 days'
order by relname
\gexec
