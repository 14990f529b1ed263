-- Undoes V2 of source: drops the snapshot numbers; topics that hold rows must then be emptied too, as numbers start again. Locks only the sequence, milliseconds. Redo: migrate
begin;
drop sequence if exists streams.cdc_generation;
delete from streams.flyway_history_source where version = '2';
commit;
