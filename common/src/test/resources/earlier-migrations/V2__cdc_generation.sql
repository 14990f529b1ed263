-- Numbers of snapshots (generations of the change stream). Locks nothing that exists, takes milliseconds. Undo: rollback/source/V2__cdc_generation.sql
create sequence if not exists streams.cdc_generation as bigint minvalue 1 start 1 no cycle;

comment on sequence streams.cdc_generation is 'One number a snapshot of the change stream; never set back, or consumers take new rows for old ones';
