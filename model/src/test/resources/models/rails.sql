-- The body of a post is in action_text_rich_texts: until it is brought over, its title is what is shown.
-- Votes count with their weight, down votes against it; friends follow each other. A name of both parts would need
-- replica identity full, as each part may be large by its type.
create view users as
select id, coalesce(first_name, '') as username, discarded_at is null as is_active, private as is_private,
       last_sign_in_at at time zone 'UTC' as last_active_at, created_at at time zone 'UTC' as created_at
from public.users;

create view posts as
select id, user_id as author_id, coalesce(title, '') as content,
       case when status = 1 and published then 'public' else 'private' end as visibility,
       created_at at time zone 'UTC' as created_at, updated_at at time zone 'UTC' as updated_at
from public.posts;

create view follows as
select follower_id, followable_id as followee_id,
       case when blocked then 'blocked' else 'accepted' end as status, created_at at time zone 'UTC' as created_at
from public.follows
where follower_type = 'User' and followable_type = 'User'
union all
select user_id, friend_id, status, created_at at time zone 'UTC'
from public.friendships
union all
select friend_id, user_id, status, created_at at time zone 'UTC'
from public.friendships;

create view likes as
select 'post' as target_type, post_id as target_id, user_id, created_at at time zone 'UTC' as created_at
from public.likes;

create view comments as
select id, case commentable_type when 'Post' then 'post' when 'Comment' then 'comment' end as target_type,
       commentable_id as target_id, user_id, body as content, deleted as is_deleted,
       created_at at time zone 'UTC' as created_at
from public.comments;

create view votes as
select id, case votable_type when 'Post' then 'post' when 'Comment' then 'comment' end as target_type,
       votable_id as target_id, voter_id as user_id,
       case when vote_flag then coalesce(vote_weight, 1) else -coalesce(vote_weight, 1) end as amount,
       created_at at time zone 'UTC' as created_at
from public.votes
where voter_type = 'User' and vote_scope is null;
