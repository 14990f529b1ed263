-- Replica identity FULL on users. ACCESS EXCLUSIVE for milliseconds, waits at most 5 s. Undo: rollback/source/V7__whole_old_users.sql
set local lock_timeout = '5s';

-- As V6 for posts and reels: documents show names and pictures of users, and a large one (a picture as a data URI) that
-- an update leaves alone must be in the newest record of its topic, too. The price is WAL: each update and delete of
-- users also logs the old row.
do $$
begin
  if (select relreplident <> 'f' from pg_class where oid = 'public.users'::regclass) then
    alter table public.users replica identity full;
  end if;
end
$$;
