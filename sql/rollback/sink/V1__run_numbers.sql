-- Undoes V1 of sink: drops the run numbers; empty every sink too, as numbers start again. Locks only the sequence, milliseconds. Redo: migrate
begin;
drop sequence if exists streams.run_numbers;
delete from streams.flyway_history_sink where version = '1';
commit;
