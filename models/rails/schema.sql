-- A backend as Rails' schema.rb leaves it: almost every column may be null, classes' names say what a row belongs to, times
-- have no zone and mean UTC, and counts are kept in the rows that are counted for.
create table users (
  id           bigserial primary key,
  email        varchar,
  first_name   varchar,
  last_name    varchar,
  private      boolean default false,
  discarded_at timestamp(6),
  last_sign_in_at timestamp(6),
  followers_count integer not null default 0,
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null
);
create table posts (
  id           bigserial primary key,
  user_id      bigint,
  title        varchar,
  status       integer default 0, -- 0 draft, 1 published, 2 archived
  published    boolean default false,
  published_at timestamp(6),
  likes_counter integer not null default 0,
  comments_counter integer not null default 0,
  cached_votes_up integer default 0,
  cached_weighted_score integer default 0,
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null -- moves with each vote
);
create index index_posts_on_user_id on posts (user_id);
create table action_text_rich_texts (
  id           bigserial primary key,
  name         varchar not null,
  body         text,
  record_type  varchar not null,
  record_id    bigint not null,
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null
);
create unique index index_action_text_rich_texts_uniqueness on action_text_rich_texts (record_type, record_id, name);
create table comments (
  id           bigserial primary key,
  body         varchar,
  commentable_id   bigint,
  commentable_type varchar,
  user_id      bigint,
  deleted      boolean default false,
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null
);
create index index_comments_on_commentable on comments (commentable_type, commentable_id);
create table votes (
  id           bigserial primary key,
  votable_type varchar,
  votable_id   bigint,
  voter_type   varchar,
  voter_id     bigint,
  vote_flag    boolean, -- true up, false down
  vote_scope   varchar, -- null: a plain vote
  vote_weight  integer, -- claps: 1 to 50
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null
);
create index index_votes_on_votable on votes (votable_id, votable_type, vote_scope);
create index index_votes_on_voter on votes (voter_id, voter_type, vote_scope);
create table likes (
  user_id      bigint,
  post_id      bigint,
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null
);
create index index_likes_on_user_id_and_post_id on likes (user_id, post_id);
create table follows (
  id           bigserial primary key,
  followable_type varchar not null, -- 'User', 'Organization', 'ActsAsTaggableOn::Tag'
  followable_id   bigint not null,
  follower_type   varchar not null,
  follower_id     bigint not null,
  blocked      boolean not null default false,
  created_at   timestamp(6),
  updated_at   timestamp(6)
);
create unique index index_follows_on_followable_and_follower on follows (followable_id, followable_type, follower_id, follower_type);
create table friendships ( -- one row: each sees the other
  id           bigserial primary key,
  user_id      bigint not null,
  friend_id    bigint not null,
  status       varchar, -- 'pending', 'accepted'
  created_at   timestamp(6) not null,
  updated_at   timestamp(6) not null
);
create index index_friendships_on_user_id on friendships (user_id);
create index index_friendships_on_friend_id on friendships (friend_id);

-- What `model check` asked for. Likes had neither a key nor a rule against doubles: each row counts.
alter table likes add column id bigserial primary key;
-- The body of a post lies in another table: it is brought over to the post's own row.
alter table posts add column body text not null default '';
create function bring_body() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.record_type = 'Post' and old.name = 'body' then
    update posts set body = '' where id = old.record_id and tg_op = 'DELETE';
  end if;
  if tg_op <> 'DELETE' and new.record_type = 'Post' and new.name = 'body' then
    update posts set body = coalesce(new.body, '') where id = new.record_id;
  end if;
  return null;
end $$;
create trigger action_text_body after insert or update or delete on action_text_rich_texts
for each row execute function bring_body();
-- Reading needs these indexes.
create index streams_posts_by_author on posts (user_id, (created_at at time zone 'UTC') desc, id desc);
create index streams_likes_by_target on likes (post_id);
create index streams_comments_by_target on comments (commentable_id);
create index streams_follows_by_follower on follows (follower_id, followable_id);
