-- Ranked lists of what is popular now. Locks nothing that exists, takes milliseconds. Undo: rollback/sink/V4__trending.sql
create table if not exists streams.trending (
  list        text             not null,
  rank        integer          not null check (rank > 0),
  target_type text             not null,
  target_id   bigint           not null,
  score       double precision not null,
  computed_at timestamptz      not null,
  primary key (list, rank)
) with (fillfactor = 50);

comment on column streams.trending.list is 'posts:1h or reels:1h';
