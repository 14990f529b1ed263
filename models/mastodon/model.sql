-- Replies are posts that fill no feed, and count for what they answer while everybody may see them, as Mastodon has it.
-- Boosts are shares.
create view users as
select id, username || coalesce('@' || domain, '') as username, nullif(display_name, '') as display_name,
       avatar_remote_url as avatar_url, suspended_at is null as is_active,
       created_at at time zone 'UTC' as created_at
from public.accounts;

create view posts as
select id, account_id as author_id, text as content,
       case visibility when 0 then 'public' when 1 then 'unlisted' when 2 then 'followers' else 'private' end as visibility,
       deleted_at is not null as is_deleted, in_reply_to_id is null as in_feeds,
       created_at at time zone 'UTC' as created_at, edited_at at time zone 'UTC' as updated_at
from public.statuses
where reblog_of_id is null;

create view follows as
select account_id as follower_id, target_account_id as followee_id, created_at at time zone 'UTC' as created_at
from public.follows;

create view likes as
select id, 'post' as target_type, status_id as target_id, account_id as user_id, created_at at time zone 'UTC' as created_at
from public.favourites;

create view comments as
select id, 'post' as target_type, in_reply_to_id as target_id, account_id as author_id,
       deleted_at is not null as is_deleted, created_at at time zone 'UTC' as created_at
from public.statuses
where in_reply_to_id is not null and reblog_of_id is null and visibility in (0, 1);

create view shares as
select id, 'post' as target_type, reblog_of_id as target_id, account_id as user_id,
       deleted_at is not null as is_deleted, created_at at time zone 'UTC' as created_at
from public.statuses
where reblog_of_id is not null and visibility <> 3;

create view bookmarks as
select id, 'post' as target_type, status_id as target_id, account_id as user_id, created_at at time zone 'UTC' as created_at
from public.bookmarks;

-- What a profile shows: boosts and replies are among its posts, direct messages are not.
create view followers as
select id, 'user' as target_type, target_account_id as target_id, account_id as user_id,
       created_at at time zone 'UTC' as created_at
from public.follows;

create view statuses as
select id, 'user' as target_type, account_id as target_id, account_id as user_id,
       deleted_at is not null as is_deleted, created_at at time zone 'UTC' as created_at
from public.statuses
where visibility <> 3;

comment on view statuses is 'event: status';
