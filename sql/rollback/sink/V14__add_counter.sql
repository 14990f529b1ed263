-- Undoes V14 of sink: drops the function that adds counters; columns that it has added stay. Locks nothing, takes milliseconds. Redo: migrate
begin;
drop function if exists streams.add_counter(text);
delete from streams.flyway_history_sink where version = '14';
commit;
