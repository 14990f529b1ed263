-- Undoes V16 of sink: forgets which ordinals counters have, so jobs that count others than likes, comments and shares must start without state. ACCESS EXCLUSIVE on streams.entities for milliseconds. Redo: migrate
begin;
delete from streams.entities where id_kind is null or (name not in ('users', 'posts', 'reels'));
alter table streams.entities
  drop column if exists is_target, drop column if exists ordinal, drop column if exists is_counted, drop column if exists targets,
  drop column if exists target_kind, drop column if exists actor, drop column if exists has_amount;
alter table streams.entities alter column id_kind set not null, add constraint entities_singular_key unique (singular);
delete from streams.flyway_history_sink where version = '16';
commit;
