-- Posts, replies and boosts are rows of one table: a reply is a post that fills no feed, and counts for its parent;
-- a boost is no post, and counts as a share. Times are in UTC.
create view users as
select id, username, display_name, avatar_remote_url as avatar_url, suspended_at is null as is_active,
       created_at at time zone 'UTC' as created_at
from public.accounts;

create view posts as
select id, account_id as author_id, text as content,
       case visibility when 0 then 'public' when 1 then 'unlisted' when 2 then 'followers' else 'private' end as visibility,
       deleted_at is not null as is_deleted, in_reply_to_id is null as in_feeds,
       created_at at time zone 'UTC' as created_at, updated_at at time zone 'UTC' as updated_at
from public.statuses
where reblog_of_id is null;

create view follows as
select account_id as follower_id, target_account_id as followee_id, created_at at time zone 'UTC' as created_at
from public.follows;

create view likes as
select id, 'post' as target_type, status_id as target_id, account_id as user_id,
       created_at at time zone 'UTC' as created_at
from public.favourites;

create view bookmarks as
select id, 'post' as target_type, status_id as target_id, account_id as user_id,
       created_at at time zone 'UTC' as created_at
from public.bookmarks;

create view shares as
select id, 'post' as target_type, reblog_of_id as target_id, account_id as user_id,
       deleted_at is not null as is_deleted, created_at at time zone 'UTC' as created_at
from public.statuses
where reblog_of_id is not null;

create view replies as
select 'post' as target_type, in_reply_to_id as target_id, account_id as user_id,
       deleted_at is not null as is_deleted, created_at at time zone 'UTC' as created_at
from public.statuses
where in_reply_to_id is not null and reblog_of_id is null;

comment on view replies is 'event: reply';
