-- Undoes V8 of sink: drops the durable copy of the feeds with all its weeks, the rows are lost. ACCESS EXCLUSIVE on the table for milliseconds. Redo: migrate
begin;
drop function if exists streams.user_feeds_maintain(interval, integer);
drop table if exists streams.user_feeds;
delete from streams.flyway_history_sink where version = '8';
commit;
