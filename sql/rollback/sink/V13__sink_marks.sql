-- Undoes V13 of sink: forgets how far writers have come and what was lost; end the counters and feed-archive jobs first. ACCESS EXCLUSIVE on the tables for milliseconds. Redo: migrate
begin;
drop table if exists streams.sink_marks;
drop table if exists streams.sink_losses;
delete from streams.flyway_history_sink where version = '13';
commit;
