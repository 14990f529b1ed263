-- Drops weeks of user_feeds that are past the retention without holding up anybody. SHARE UPDATE EXCLUSIVE on user_feeds (reads and writes go on), waits for older transactions. Undo: none, the rows are gone
--
--   psql "$POSTGRES_URL" -v ON_ERROR_STOP=1 -v keep='90 days' -f sql/production/user_feeds_drop_weeks.sql
--
-- Only where feed-archive's own turn never comes through: it asks for the table for a second each hour, and logs
-- "past its retention but in use" where long readers do not let go. Give the retention that the job has
-- (feeds.archive.retention). Not in a transaction. Each detach waits for every transaction that reads the table: look
-- for old ones first (select pid, xact_start, query from pg_stat_activity order by xact_start). Safe to repeat: what an
-- interrupted run has left is finished first.
\set ON_ERROR_STOP on
set timezone = 'UTC';
set lock_timeout = 0;
set statement_timeout = 0;

select format('alter table streams.user_feeds detach partition %s finalize', inhrelid::regclass)
from pg_inherits where inhparent = 'streams.user_feeds'::regclass and inhdetachpending
\gexec

select format('alter table streams.user_feeds detach partition %s concurrently', inhrelid::regclass)
from pg_inherits join pg_class on pg_class.oid = inhrelid
where inhparent = 'streams.user_feeds'::regclass
  and to_date(substring(relname from '^user_feeds_(\d{8})$'), 'YYYYMMDD') < date_trunc('week', now() - :'keep'::interval)
order by relname
\gexec

select format('drop table streams.%I', relname)
from pg_class
where relnamespace = 'streams'::regnamespace and relkind = 'r' and not relispartition
  and to_date(substring(relname from '^user_feeds_(\d{8})$'), 'YYYYMMDD') < date_trunc('week', now() - :'keep'::interval)
order by relname
\gexec
