-- Index of each author's visible posts, newest first. SHARE on posts (writes wait) for a second at most: a table above 64 MiB is refused, it gets the index from production/posts_author_created.sql; waits at most 5 s. Undo: rollback/source/V5__posts_author_created.sql
set local lock_timeout = '5s';

-- Partial, so that reading a feed from the tables looks at the index alone. The counts in posts are no part of it:
-- an update of them stays a HOT one.
do $$
declare
  at_most constant bigint := 64 * 1024 * 1024;
  is_whole boolean;
begin
  select indisvalid into is_whole from pg_index where indexrelid = to_regclass('public.posts_author_created');
  if is_whole then
    return;
  end if;
  if is_whole is not null or pg_table_size('public.posts') > at_most then
    raise exception 'public.posts lacks the index posts_author_created, or a part of it'
      using hint = 'Build it without stopping writes: psql -f sql/production/posts_author_created.sql. Then migrate again.';
  end if;
  create index posts_author_created on public.posts (author_id, created_at desc, id desc)
    where not is_deleted and visibility in ('public', 'followers');
end
$$;
