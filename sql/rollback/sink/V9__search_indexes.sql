-- Undoes V9 of sink: forgets which index is written by whom; end the search job and finish a reindex first. ACCESS EXCLUSIVE on the table for milliseconds. Redo: migrate
begin;
drop table if exists streams.search_indexes;
delete from streams.flyway_history_sink where version = '9';
commit;
