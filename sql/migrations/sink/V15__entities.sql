-- What ids of the product are, by the model that migrate has installed. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V15__entities.sql
create table if not exists streams.entities (
  name     text primary key,
  singular text not null unique,
  id_kind  text not null check (id_kind in ('bigint', 'uuid', 'text'))
);

comment on table streams.entities is 'Written by migrate: the entities that have ids of their own, and the type that these have in all tables here';
