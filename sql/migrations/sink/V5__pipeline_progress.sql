-- How far each surface is, and the function wait_for. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V5__pipeline_progress.sql
create table if not exists streams.pipeline_progress (
  surface      text primary key,
  visible_lsn  pg_lsn,
  visible_at   timestamptz,
  verified_lsn pg_lsn,
  verified_at  timestamptz
) with (fillfactor = 10);

comment on table streams.pipeline_progress is 'All that committed in the source at or before visible_lsn can be read on that surface';
comment on column streams.pipeline_progress.visible_at is 'Source time of visible_lsn: now() - visible_at is how far behind the surface is';

-- Volatile, so that under READ COMMITTED every statement in it sees what has committed meanwhile.
create or replace function streams.wait_for(surface text, lsn pg_lsn, timeout interval) returns boolean
language plpgsql volatile strict
as $$
declare
  give_up constant timestamptz := clock_timestamp() + timeout;
  pause   double precision := 0.002;
  left_s  double precision;
begin
  loop
    perform from streams.pipeline_progress p where p.surface = wait_for.surface and p.visible_lsn >= wait_for.lsn;
    if found then
      return true;
    end if;
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'streams.wait_for cannot wait in a % transaction', current_setting('transaction_isolation')
        using errcode = 'active_sql_transaction', hint = 'Its snapshot never sees progress move. Call it in READ COMMITTED, before the transaction that reads.';
    end if;
    left_s := extract(epoch from give_up - clock_timestamp());
    if left_s <= 0 then
      return false;
    end if;
    perform pg_sleep(least(pause, left_s));
    pause := least(pause * 1.5, 0.05);
  end loop;
end
$$;

comment on function streams.wait_for(text, pg_lsn, interval) is
  'True as soon as the surface shows all that committed up to lsn, false once timeout has passed; the token is pg_current_wal_insert_lsn() after the commit';
