-- Undoes V6 of sink: drops the record of drift, its rows are lost. ACCESS EXCLUSIVE on it for milliseconds. Redo: migrate
begin;
drop table if exists streams.counter_drift;
delete from streams.flyway_history_sink where version = '6';
commit;
