-- Undoes V12 of sink: the jobs of the version before draw a number for each subtask. Not while a job of this version is to start again. Redo: migrate
begin;
drop function if exists streams.draw_run(text, text, integer, integer);
drop table if exists streams.run_draws;
drop table if exists streams.run_starts;
delete from streams.flyway_history_sink where version = '12';
commit;
