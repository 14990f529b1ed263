-- The model of the contract's own tables (base-schema.sql), used where no file is given: every column is itself.
create view users as
select id, username, display_name, avatar_url, is_verified, is_active, created_at
from public.users;

create view posts as
select id, author_id, content, visibility, is_deleted, created_at, updated_at
from public.posts;

create view reels as
select id, author_id, caption, visibility, is_deleted, created_at, updated_at
from public.reels;

create view follows as
select follower_id, followee_id, status, created_at
from public.follows;

create view likes as
select target_type, target_id, user_id, created_at
from public.likes;

create view comments as
select id, target_type, target_id, author_id, content, is_deleted, created_at
from public.comments;

create view shares as
select id, 'post' as target_type, post_id as target_id, user_id, created_at
from public.shares;
