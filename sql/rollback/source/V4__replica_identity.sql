-- Undoes V4 of source: only its history row, as a table without a replica identity cannot be updated while published. Locks nothing, takes milliseconds. Redo: migrate
delete from streams.flyway_history_source where version = '4';
