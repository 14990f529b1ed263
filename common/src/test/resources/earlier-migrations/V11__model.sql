-- What the product's tables mean to the jobs, and the views that migrate makes of it in the schema streams_model. Locks nothing that exists, takes milliseconds. Undo: rollback/source/V11__model.sql
create table if not exists streams.model (
  one        boolean primary key default true check (one),
  source     text        not null,
  statements text        not null,
  made_at    timestamptz not null default now()
);
comment on table streams.model is 'The model of the product''s tables: its text, and the statements that migrate made of it';
