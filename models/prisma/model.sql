-- A comment is a row of "Comment", or a post that answers one; such posts fill no feed.
create view users as
select "id", "username", "displayPictureUrl" as avatar_url, "isVerified" as is_verified, "isPrivate" as is_private
from public."User";

create view posts as
select "id", "authorId" as author_id, "caption" as content, "deletedAt" is not null as is_deleted,
       not "isComment" as in_feeds, "createdAt" at time zone 'UTC' as created_at, "updatedAt" at time zone 'UTC' as updated_at
from public."Post";

create view follows as
select "A" as follower_id, "B" as followee_id
from public."_UserFollows";

create view likes as
select 'post' as target_type, "A" as target_id, "B" as user_id
from public."_Likes";

create view comments as
select "id", 'post' as target_type, "parentId" as target_id, "authorId" as author_id,
       "deletedAt" is not null as is_deleted, "createdAt" at time zone 'UTC' as created_at
from public."Post"
where "isComment" and "parentId" is not null
union all
select "id", 'post', "postId", "commentUserId", false, null
from public."Comment";

create view shares as
select "id", 'post' as target_type, "postId" as target_id, "userId" as user_id, "deletedAt" is not null as is_deleted,
       "createdAt" at time zone 'UTC' as created_at
from public."Reaction"
where "type" = 'RETWEET';

create view saves as
select 'post' as target_type, "A" as target_id, "B" as user_id
from public."_Posts";
