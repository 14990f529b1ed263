-- Undoes V11 of sink: forgets what --canary has spoiled and not yet seen put right: run ./streams reconcile before. ACCESS EXCLUSIVE on the tables for milliseconds. Redo: migrate
begin;
drop view if exists streams.reconcile_sight;
drop table if exists streams.reconcile_canaries;
drop table if exists streams.reconcile_scopes;
delete from streams.flyway_history_sink where version = '11';
commit;
