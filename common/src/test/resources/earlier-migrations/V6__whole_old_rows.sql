-- Replica identity FULL on posts and reels. ACCESS EXCLUSIVE on each for milliseconds, waits at most 5 s. Undo: rollback/source/V6__whole_old_rows.sql
set local lock_timeout = '5s';

-- A large text that an update leaves alone is not part of the new row in the WAL. Of the old row it is, with FULL: so
-- that the newest record of each post in its compacted topic is whole, and documents can be built from the topic alone.
-- The price is WAL: each update and delete of these two tables also logs the old row.
do $$
declare
  entry regclass;
begin
  for entry in
    select c.oid::regclass from pg_class c
    where c.oid = any (array['public.posts', 'public.reels']::regclass[]) and c.relreplident <> 'f'
  loop
    execute format('alter table %s replica identity full', entry);
  end loop;
end
$$;
