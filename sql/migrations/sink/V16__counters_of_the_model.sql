-- Which entities of the product are counted, and counted for. ACCESS EXCLUSIVE on streams.entities, a dozen rows, for milliseconds. Undo: rollback/sink/V16__counters_of_the_model.sql
set local lock_timeout = '5s';

alter table streams.entities
  alter column id_kind drop not null, -- a counter's rows may have no id
  drop constraint if exists entities_singular_key, -- an entity that has left may have had the name
  add column if not exists is_target   boolean  not null default false,
  add column if not exists ordinal     smallint unique check (ordinal between 0 and 63),
  add column if not exists is_counted  boolean  not null default false,
  add column if not exists targets     text[]   not null default '{}',
  add column if not exists target_kind text,
  add column if not exists actor       text,
  add column if not exists has_amount  boolean  not null default false;

comment on table streams.entities is 'Written by migrate: the entities of the model that have ids of their own or are counters. Rows are never deleted';
comment on column streams.entities.is_target is 'Whether rows of it can be counted for; target_type is then the singular';
comment on column streams.entities.ordinal is 'By which state of jobs has the counter: never changed, and never given to another';
comment on column streams.entities.is_counted is 'Whether the model has the counter: one that has left keeps its ordinal and its columns';
comment on column streams.entities.targets is 'Singulars of what the counter may count for';
