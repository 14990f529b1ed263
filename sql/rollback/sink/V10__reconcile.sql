-- Undoes V10 of sink: forgets what was compared and found; nothing that readers see depends on it. ACCESS EXCLUSIVE on the tables for milliseconds. Redo: migrate
begin;
drop table if exists streams.reconcile_findings;
drop table if exists streams.reconcile_results;
drop table if exists streams.reconcile_buckets;
drop table if exists streams.reconcile_runs;
delete from streams.flyway_history_sink where version = '10';
commit;
