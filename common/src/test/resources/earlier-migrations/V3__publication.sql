-- Publication streams_cdc on the tables that the pipeline reads. SHARE UPDATE EXCLUSIVE on each for milliseconds (reads and writes go on; waits at most 5 s). Undo: rollback/source/V3__publication.sql
set local lock_timeout = '5s';

do $$
declare
  wanted  constant text[] := array['public.users', 'public.posts', 'public.reels', 'public.likes', 'public.comments',
                                   'public.shares', 'public.follows', 'streams.pipeline_heartbeat'];
  missing text;
  entry   text;
begin
  select string_agg(w, ', ') into missing from unnest(wanted) w where to_regclass(w) is null;
  if missing is not null then
    raise exception 'cannot publish %: no such table in database %', missing, current_database()
      using hint = 'The source migrations run on the product''s database. For a local stack apply sql/base-schema.sql first.';
  end if;

  if not exists (select from pg_publication where pubname = 'streams_cdc') then
    create publication streams_cdc;
  end if;
  -- A partitioned table is published under its own name, not under those of its partitions.
  alter publication streams_cdc set (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);

  foreach entry in array wanted loop
    if not exists (
      select from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
      where p.pubname = 'streams_cdc' and r.prrelid = to_regclass(entry)
    ) then
      execute format('alter publication streams_cdc add table %s', to_regclass(entry));
    end if;
  end loop;
end
$$;
