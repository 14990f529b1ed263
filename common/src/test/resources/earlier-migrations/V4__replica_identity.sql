-- Replica identity DEFAULT on tables that have NOTHING (an update or delete would fail or carry no key). ACCESS EXCLUSIVE on such a table for milliseconds, waits at most 5 s. Undo: rollback/source/V4__replica_identity.sql
set local lock_timeout = '5s';

-- The primary key is all that a delete must carry: the key of a like holds its target, and the counters job keeps
-- the target of each comment and share in its state. FULL and USING INDEX are left alone: they carry no less.
do $$
declare
  entry regclass;
begin
  for entry in
    select c.oid::regclass from pg_class c
    where c.oid = any (array['public.users', 'public.posts', 'public.reels', 'public.likes', 'public.comments',
                             'public.shares', 'public.follows', 'streams.pipeline_heartbeat']::regclass[])
      and c.relreplident = 'n'
  loop
    execute format('alter table %s replica identity default', entry);
  end loop;
end
$$;
