-- Columns for a counter that is new. Locks nothing, takes milliseconds; a call of it with a new name locks the two tables for milliseconds, waits at most 5 s. Undo: rollback/sink/V14__add_counter.sql
create or replace function streams.add_counter(counter text) returns boolean
language plpgsql set lock_timeout = '5s' as $$
declare
  sums text;
  part text;
begin
  if exists (select from pg_attribute where attrelid = 'streams.counter_windows'::regclass and attname = counter) then
    return false;
  end if;
  -- A constant default is no rewrite.
  execute format('alter table streams.counters add column %I bigint not null default 0', counter || '_count');
  execute format('alter table streams.counter_windows add column %I bigint not null default 0', counter);
  select string_agg(format('sum(%1$I)::bigint as %1$I', attname), ', ' order by attnum) into sums
  from pg_attribute
  where attrelid = 'streams.counter_windows'::regclass and attnum > 0 and not attisdropped
    and attname not in ('target_type', 'target_id', 'window_start', 'version');
  foreach part in array array['hour', 'day'] loop
    execute format(
      'create or replace view streams.counters_%1$s as
       select target_type, target_id, date_trunc(%2$L, window_start, ''UTC'') as %2$I, %3$s
       from streams.counter_windows
       group by target_type, target_id, date_trunc(%2$L, window_start, ''UTC'')',
      case part when 'hour' then 'hourly' else 'daily' end, part, sums);
  end loop;
  return true;
end
$$;

comment on function streams.add_counter is 'Adds the columns of a counter to counters and counter_windows and to their views; true if it was new. migrate calls it for each counter';
