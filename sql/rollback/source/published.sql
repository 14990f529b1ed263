-- Undoes what migrate makes of the model, first of all: drops the publication (ingest stops until it is back, and then needs a new snapshot) and published_tables, and sets replica identity FULL back to DEFAULT. ACCESS EXCLUSIVE on each such table until the end, milliseconds; waits at most 5 s. Redo: migrate
begin;
set local lock_timeout = '5s';
do $$
declare
  entry regclass;
begin
  for entry in
    select c.oid::regclass
    from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
    cross join lateral (select r.prrelid as relid union select t.relid from pg_partition_tree(r.prrelid) t) part
    join pg_class c on c.oid = part.relid and c.relkind in ('r', 'p')
    where p.pubname = 'streams_cdc' and c.relreplident = 'f'
      and exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
  loop
    execute format('alter table %s replica identity default', entry);
  end loop;
end
$$;
drop publication if exists streams_cdc;
drop function if exists streams.published_tables(name);
-- of builds that had a file for each
delete from streams.flyway_history_source where version in ('3', '4', '6', '7', '10');
commit;
