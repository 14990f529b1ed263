-- Functions that remove what is past its retention, to be called by a scheduler. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V7__retention.sql

-- One short batch a call, so a transaction of its own: no writer waits longer than that, and vacuum can follow.
create or replace function streams.purge_tombstones(older_than interval, batch integer default 10000) returns bigint
language plpgsql volatile strict
as $$
declare
  purged bigint;
begin
  if older_than < interval '8 days' then
    raise exception 'tombstones must outlive the longest replay: % is less than 8 days', older_than
      using errcode = 'invalid_parameter_value', hint = 'A write replayed after its tombstone has gone brings the deleted counter back.';
  end if;
  with old as (
    select ctid from streams.counters where deleted_at < now() - older_than limit batch for update skip locked
  )
  delete from streams.counters c using old where c.ctid = old.ctid;
  get diagnostics purged = row_count;
  return purged;
end
$$;

create or replace function streams.purge_windows(older_than interval, batch integer default 10000) returns bigint
language plpgsql volatile strict
as $$
declare
  purged bigint;
begin
  with old as (
    select ctid from streams.counter_windows where window_start < now() - older_than limit batch for update skip locked
  )
  delete from streams.counter_windows w using old where w.ctid = old.ctid;
  get diagnostics purged = row_count;
  return purged;
end
$$;

create or replace function streams.purge_drift(older_than interval, batch integer default 10000) returns bigint
language plpgsql volatile strict
as $$
declare
  purged bigint;
begin
  with old as (
    select ctid from streams.counter_drift where detected_at < now() - older_than limit batch for update skip locked
  )
  delete from streams.counter_drift d using old where d.ctid = old.ctid;
  get diagnostics purged = row_count;
  return purged;
end
$$;

comment on function streams.purge_tombstones(interval, integer) is 'Removes one batch of counters whose target was deleted that long ago; returns how many: call again until 0';
comment on function streams.purge_windows(interval, integer) is 'Removes one batch of minute windows older than that; returns how many: call again until 0';
comment on function streams.purge_drift(interval, integer) is 'Removes one batch of drift records older than that; returns how many: call again until 0';
