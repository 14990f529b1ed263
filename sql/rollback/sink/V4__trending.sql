-- Undoes V4 of sink: drops the trending lists; the job writes them again. ACCESS EXCLUSIVE on the table for milliseconds. Redo: migrate
begin;
drop table if exists streams.trending;
delete from streams.flyway_history_sink where version = '4';
commit;
