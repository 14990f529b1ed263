-- What replica identities were before migrate has set them. Locks nothing that exists, takes milliseconds. Undo: rollback/source/V12__replica_identities.sql
create table if not exists streams.replica_identities (
  table_name text primary key,
  before     text not null check (before in ('default', 'nothing', 'index')),
  index_name text check ((index_name is not null) = (before = 'index')),
  made       text not null check (made in ('default', 'full'))
);
comment on table streams.replica_identities is 'Tables and partitions of the product whose replica identity migrate has set; down --detach sets it back';
comment on column streams.replica_identities.table_name is 'As SCHEMA.TABLE, in quotes where SQL needs them';
comment on column streams.replica_identities.before is 'What it was before the first change, with the index by which rows were known';
comment on column streams.replica_identities.made is 'What migrate has set; one that is another now was set by somebody else';
