-- Private accounts are capped by is_private; 'friends' see what followers see.
create view users as
select id, username, trim(concat(first_name, ' ', last_name)) as display_name, profile_picture_url as avatar_url,
       is_verified, is_private, created_at
from public.users;

create view posts as
select id, user_id as author_id, content,
       case privacy_level when 'friends' then 'followers' else privacy_level end as visibility,
       not is_active as is_deleted, created_at, updated_at
from public.posts;

create view follows as
select follower_id, following_id as followee_id, status, created_at
from public.follows;

create view likes as
select id, target_type, target_id, user_id, created_at
from public.likes;

create view comments as
select id, 'post' as target_type, post_id as target_id, user_id, content,
       not is_active as is_deleted, created_at
from public.comments;

-- Likes count for posts and for comments, as the check of target_type has them; accepted follows for the user.
create view followers as
select 'user' as target_type, following_id as target_id, follower_id as user_id, created_at
from public.follows
where status = 'accepted';
