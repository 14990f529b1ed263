-- What ingest and doctor ask about the published tables. Locks nothing that exists, takes milliseconds. Undo: rollback/source/V10__published_tables.sql
create or replace function streams.published_tables(publication name)
returns table (table_name text, relation oid, columns text[], problem text, mend text)
language plpgsql stable as $$
#variable_conflict use_column
declare
  schemas oid[] := '{}';
begin
  -- Only catalogs are read: pg_publication_tables opens each table, and would wait for whoever alters one.
  if to_regclass('pg_catalog.pg_publication_namespace') is not null then -- since Postgres 15
    execute 'select array_agg(n.pnnspid) from pg_publication_namespace n
             join pg_publication p on p.oid = n.pnpubid where p.pubname = $1' into schemas using publication;
  end if;
  return query
  with needed (name, columns) as (
    values
      ('public.users',    array['id integer', 'username text', 'display_name text', 'avatar_url text',
                                'is_verified boolean', 'is_active boolean']),
      ('public.posts',    array['id integer', 'author_id integer', 'content text', 'visibility text',
                                'is_deleted boolean', 'created_at time', 'updated_at time']),
      ('public.reels',    array['id integer', 'author_id integer', 'caption text', 'visibility text',
                                'is_deleted boolean', 'created_at time', 'updated_at time']),
      ('public.likes',    array['target_type text', 'target_id integer', 'user_id integer']),
      ('public.comments', array['id integer', 'target_type text', 'target_id integer', 'is_deleted boolean']),
      ('public.shares',   array['id integer', 'post_id integer']),
      ('public.follows',  array['follower_id integer', 'followee_id integer', 'status text']),
      ('streams.pipeline_heartbeat', array['id integer', 'beat_at time', 'lsn integer'])
  ),
  looked as (
    select n.name, n.columns, to_regclass(n.name)::oid as relation from needed n
  ),
  published as (
    select c.oid as relid from pg_class c
    where c.oid in (select relation from looked)
      and exists (select from pg_publication p
                  where p.pubname = publication
                    and (p.puballtables or c.relnamespace = any (schemas)
                         or exists (select from pg_publication_rel r where r.prpubid = p.oid and r.prrelid = c.oid)))
  ),
  wrong as (
    select l.name,
           string_agg(
             split_part(c.wanted, ' ', 1)
               || case when a.attname is null then ' (gone)'
                       else ' (' || format_type(a.atttypid, a.atttypmod) || ', needs '
                         || case split_part(c.wanted, ' ', 2)
                              when 'time' then 'timestamptz'
                              when 'integer' then 'a whole number'
                              else split_part(c.wanted, ' ', 2) end || ')'
                  end, ', ' order by c.ord) as columns
    from looked l
    cross join unnest(l.columns) with ordinality as c (wanted, ord)
    left join pg_attribute a
      on a.attrelid = l.relation and a.attname = split_part(c.wanted, ' ', 1) and a.attnum > 0 and not a.attisdropped
    left join pg_type t on t.oid = a.atttypid
    where l.relation is not null
      and (a.attname is null
           or not case split_part(c.wanted, ' ', 2)
                    when 'integer' then coalesce(nullif(t.typbasetype, 0), t.oid)
                                          in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
                    when 'boolean' then t.typcategory = 'B'
                    when 'time' then coalesce(nullif(t.typbasetype, 0), t.oid) = 'timestamptz'::regtype
                    else t.typcategory in ('S', 'E') end)
    group by l.name
  )
  select l.name, l.relation, array(select split_part(c, ' ', 1) from unnest(l.columns) c),
         case when l.relation is null then 'does not exist'
              when p.relid is null then 'is not the table that publication ' || publication || ' publishes'
              when w.columns is not null then 'has other columns: ' || w.columns end,
         case when l.relation is null then 'rename the table back, or make it;'
              when p.relid is null then format('alter publication %I add table %s;', publication, l.name)
              when w.columns is not null then format('alter table %s … -- bring these columns back as they were;', l.name) end
  from looked l left join published p on p.relid = l.relation left join wrong w on w.name = l.name;
end
$$;

comment on function streams.published_tables is 'Each table that ingest reads: its oid, the columns that jobs need, and what is wrong with it as it is now, with what mends it; null if nothing is';
