-- Undoes V11 of source: drops the model and its views. First start the builds of before, which ask the tables themselves. ACCESS EXCLUSIVE on the views for milliseconds. Redo: migrate
begin;
drop schema if exists streams_model cascade;
drop table if exists streams.model;
delete from streams.flyway_history_source where version = '11';
commit;
