-- The durable copy of the feeds, in weekly partitions, and the function that keeps these. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V8__user_feeds.sql

-- No default partition. It could hold any week, so Postgres could no longer read a feed partition by partition,
-- newest first, and stop at the page's end; each new week would scan it under a lock; and detaching concurrently is
-- refused beside one. What is older than the retention has no place here: it would be dropped at the next turn, and a
-- reader finds it by pull-on-read.
create table if not exists streams.user_feeds (
  user_id     bigint      not null,
  post_id     bigint      not null,
  author_id   bigint      not null,
  inserted_at timestamptz not null
) partition by range (inserted_at);

create unique index if not exists user_feeds_order on streams.user_feeds (user_id, inserted_at desc, post_id desc);

comment on table streams.user_feeds is 'What was pushed into the feeds, within the retention: may hold too much (unfollowed, hidden, deleted), never too little';
comment on column streams.user_feeds.inserted_at is 'The position of the post in a feed: its created_at';

-- Weeks begin on Mondays, UTC, whatever the session's time zone. A waiting drop holds up readers that come after it:
-- hence the short lock_timeout.
create or replace function streams.user_feeds_maintain(keep interval, ahead integer, out oldest timestamptz, out newest timestamptz)
language plpgsql volatile strict
set timezone = 'UTC'
set lock_timeout = '1s'
as $$
declare
  week constant interval := '7 days';
  monday timestamptz;
  part text;
begin
  if keep < week or ahead not between 1 and 52 then
    raise exception 'user_feeds keeps a week or more and 1 to 52 weeks ahead, not % and %', keep, ahead
      using errcode = 'invalid_parameter_value';
  end if;
  -- one at a time: two would make the same week
  perform pg_advisory_xact_lock(hashtextextended('streams.user_feeds_maintain', 0));
  oldest := date_trunc('week', now() - keep);
  newest := date_trunc('week', now()) + (ahead + 1) * week;

  for monday in select generate_series(oldest, newest - week, week) loop
    part := 'user_feeds_' || to_char(monday, 'YYYYMMDD');
    if not exists (select from pg_inherits where inhparent = 'streams.user_feeds'::regclass and inhrelid = to_regclass('streams.' || part)) then
      -- made apart, then attached: readers and writers of the other weeks do not wait
      execute format('create table streams.%I (like streams.user_feeds including all)', part);
      execute format('alter table streams.user_feeds attach partition streams.%I for values from (%L) to (%L)', part, monday, monday + week);
    end if;
  end loop;

  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'streams.user_feeds'::regclass
      and to_date(substring(c.relname from '^user_feeds_(\d{8})$'), 'YYYYMMDD') < oldest
    order by 1
  loop
    begin
      execute format('drop table streams.%I', part);
    exception when lock_not_available then
      raise warning 'streams.% is past its retention but in use: the next call drops it', part;
      exit; -- one wait a call, however many weeks there are
    end;
  end loop;
end
$$;

comment on function streams.user_feeds_maintain(interval, integer) is
  'Makes the weeks from now - keep to so many ahead, drops older ones, returns the range that has partitions; safe to repeat and to call at once from several places, with one and the same keep';
