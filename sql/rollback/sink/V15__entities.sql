-- Undoes V15 of sink: forgets what ids are; columns keep their types. ACCESS EXCLUSIVE on it for milliseconds. Redo: migrate
begin;
drop table if exists streams.entities;
delete from streams.flyway_history_sink where version = '15';
commit;
