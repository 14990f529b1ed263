-- Numbers of runs, the high bits of every version written to a sink. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V1__run_numbers.sql
create schema if not exists streams;

-- 22 bits of a version. At its end nextval fails and no writer starts, which is better than going round.
create sequence if not exists streams.run_numbers as bigint minvalue 1 maxvalue 4194303 start 1 no cycle;

comment on sequence streams.run_numbers is 'One number a start of a writing subtask; never set back, or sinks refuse what is new';
