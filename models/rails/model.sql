-- Votes move a post's updated_at, so it says nothing about the post, and is left out.
create view users as
select id, coalesce(nullif(trim(concat(first_name, ' ', last_name)), ''), 'user ' || id::text) as username,
       discarded_at is null as is_active, private as is_private, last_sign_in_at at time zone 'UTC' as last_active_at,
       created_at at time zone 'UTC' as created_at
from public.users;

create view posts as
select id, user_id as author_id, body as content,
       case when status = 1 and published is true then 'public' else 'private' end as visibility,
       status = 2 as is_deleted, created_at at time zone 'UTC' as created_at
from public.posts;

create view follows as
select follower_id, followable_id as followee_id, created_at at time zone 'UTC' as created_at
from public.follows
where followable_type = 'User' and follower_type = 'User' and not blocked;

create view likes as
select id, 'post' as target_type, post_id as target_id, user_id, created_at at time zone 'UTC' as created_at
from public.likes;

create view comments as
select id, case commentable_type when 'Post' then 'post' when 'Comment' then 'comment' end as target_type,
       commentable_id as target_id, user_id, deleted as is_deleted, created_at at time zone 'UTC' as created_at
from public.comments;

-- For posts and comments; a vote counts with its weight, and down votes against it.
create view votes as
select id, case votable_type when 'Post' then 'post' when 'Comment' then 'comment' end as target_type,
       votable_id as target_id, voter_id as user_id,
       case when vote_flag then coalesce(vote_weight, 1) else -coalesce(vote_weight, 1) end as amount,
       created_at at time zone 'UTC' as created_at
from public.votes
where voter_type = 'User' and vote_scope is null;
