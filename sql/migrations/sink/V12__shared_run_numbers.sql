-- One run number for all subtasks of a start instead of one each. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V12__shared_run_numbers.sql
create table if not exists streams.run_starts (
  job      text    primary key,
  subtasks integer not null,
  number   bigint  not null
);

comment on table streams.run_starts is 'The run number that subtasks of a job get which start now, and among how many they are';

create table if not exists streams.run_draws (
  job     text    not null,
  writer  text    not null,
  subtask integer not null,
  number  bigint  not null,
  primary key (job, writer, subtask)
);

comment on table streams.run_draws is 'The run number that each writing subtask has drawn last: it never gets the same again';

-- A key belongs to one subtask while their number stays the same, so subtasks may share a number; a subtask that has had
-- it begins a new start, and so does another number of subtasks, among which keys are spread otherwise.
create or replace function streams.draw_run(of_job text, of_writer text, of_subtask integer, of_subtasks integer)
  returns bigint language plpgsql as $$
declare
  start streams.run_starts;
begin
  insert into streams.run_starts (job, subtasks, number) values (of_job, of_subtasks, 0) on conflict do nothing;
  select * into start from streams.run_starts where job = of_job for update;
  if start.number = 0 or start.subtasks <> of_subtasks or exists (
      select from streams.run_draws d
      where d.job = of_job and d.writer = of_writer and d.subtask = of_subtask and d.number >= start.number) then
    start.number := nextval('streams.run_numbers');
    update streams.run_starts set subtasks = of_subtasks, number = start.number where job = of_job;
  end if;
  insert into streams.run_draws as d (job, writer, subtask, number)
    values (of_job, of_writer, of_subtask, start.number)
    on conflict (job, writer, subtask) do update set number = excluded.number;
  return start.number;
end $$;

comment on function streams.draw_run is 'The run number of a subtask that starts: above all that it has had';
comment on sequence streams.run_numbers is 'One number a start of a job that writes; never set back, or sinks refuse what is new';
